import {
  FIELD_MANAGER,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  gadgetDefinition,
  serviceManifests,
  sourced,
} from '../testUtils/serviceManifests';
import { DeleteFailedError } from '../errors/DeleteFailedError';
import { applyManifests } from './applyManifests';
import { deleteObjects } from './deleteObjects';

const ref = (apiVersion: string, kind: string): ObjectRef => ({
  apiVersion,
  kind,
  name: 'odds',
  namespace: 'betting',
});
const scaledObject = ref('keda.sh/v1alpha1', 'ScaledObject');
const configMap = ref('v1', 'ConfigMap');

describe('deleteObjects', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  it('says in a plan what would go, and deletes nothing', async () => {
    const applied = await applyManifests({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    client.writes.length = 0;
    const planned = await deleteObjects({
      client,
      objects: applied,
      plan: true,
    });
    expect(planned.map(({ action }) => action)).toEqual(
      applied.map(() => 'deleted'),
    );
    expect(client.writes).toEqual([]);
    const deleted = await deleteObjects({ client, objects: applied });
    expect(planned).toEqual(deleted);
  });

  it('deletes in the reverse order of applying', async () => {
    const applied = await applyManifests({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    client.writes.length = 0;
    const changeSet = await deleteObjects({ client, objects: applied });
    expect(client.written()).toEqual([
      'ScaledObject betting/odds',
      'Prometheus betting/odds',
      'ServiceMonitor betting/odds',
      'Deployment betting/odds',
      'Service betting/odds',
    ]);
    expect(new Set(changeSet.map(({ action }) => action))).toEqual(
      new Set(['deleted']),
    );
  });

  it('waits until a ScaledObject is gone before it deletes what it scales', async () => {
    const applied = await applyManifests({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    client.update(scaledObject, object => {
      object.metadata.finalizers = ['finalizer.keda.sh'];
    });
    client.writes.length = 0;
    const deletion = deleteObjects({ client, objects: applied });
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(client.written()).toEqual(['ScaledObject betting/odds']);
    client.remove(scaledObject);
    await deletion;
    expect(client.written()).toHaveLength(5);
  });

  it('names the finalizer that holds an object when the time is up', async () => {
    await applyManifests({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    client.update(scaledObject, object => {
      object.metadata.finalizers = ['finalizer.keda.sh'];
    });
    const deletion = deleteObjects({
      client,
      objects: [{ ref: scaledObject }],
      timeoutSeconds: 0.01,
    });
    await expect(deletion).rejects.toThrow(DeleteFailedError);
    await expect(deletion).rejects.toThrow(
      'ScaledObject betting/odds (finalizers finalizer.keda.sh, which KEDA removes: its operator is gone from this cluster. Start KEDA again; or, if it will not come back, let the object go without it: kubectl patch scaledobject.keda.sh odds -n betting --type=merge',
    );
    await expect(deletion).rejects.toMatchObject({
      changeSet: [
        {
          action: 'failed',
          ref: scaledObject,
          reason: expect.stringMatching(
            /^its deletion was accepted, and it is still there/,
          ),
        },
      ],
    });
  });

  it('leaves alone what it has not applied, unless told', async () => {
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
      data: { a: '1' },
    });
    const objects = [{ ref: configMap }];
    expect(await deleteObjects({ client, objects })).toEqual([
      {
        ref: configMap,
        action: 'skipped',
        reason: `not applied by ${FIELD_MANAGER}`,
        warnings: [],
      },
    ]);
    expect(
      await deleteObjects({ client, objects, evenForeign: true }),
    ).toMatchObject([{ action: 'deleted' }]);
  });

  it('counts the label of our objects as ours', async () => {
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'odds',
        namespace: 'betting',
        labels: { 'app.kubernetes.io/managed-by': FIELD_MANAGER },
      },
    });
    expect(
      await deleteObjects({ client, objects: [{ ref: configMap }] }),
    ).toMatchObject([{ action: 'deleted' }]);
  });

  it('leaves a namesake of the recorded object alone', async () => {
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
    });
    expect(
      await deleteObjects({
        client,
        objects: [{ ref: configMap, uid: 'of-another' }],
        evenForeign: true,
      }),
    ).toMatchObject([
      { action: 'skipped', reason: 'another object has this name by now' },
    ]);
  });

  it('leaves what it has not applied alone, also where its uid is known', async () => {
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
    });
    const uid = (await client.get(configMap))?.metadata.uid;
    const objects = [{ ref: configMap, uid }];
    expect(uid).toBeDefined();
    expect(await deleteObjects({ client, objects })).toMatchObject([
      { action: 'skipped', reason: `not applied by ${FIELD_MANAGER}` },
    ]);
    expect(
      await deleteObjects({ client, objects, evenForeign: true }),
    ).toMatchObject([{ action: 'deleted', uid }]);
  });

  it('deletes nothing where kinds are named that were not granted', async () => {
    const applied = await applyManifests({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    client.writes.length = 0;
    await expect(
      deleteObjects({
        client,
        objects: applied,
        granted: { kinds: ['/Service'], clusterScopedKinds: [] },
      }),
    ).rejects.toThrow(
      /^Nothing was deleted: .*'apps\/Deployment'.* not among the kinds that cluster 'fake' was opened for/,
    );
    expect(client.writes).toEqual([]);
  });

  it('takes absent objects and kinds for done', async () => {
    client.uninstall('keda.sh');
    expect(
      await deleteObjects({
        client,
        objects: [{ ref: scaledObject }, { ref: configMap }],
      }),
    ).toMatchObject([
      { action: 'skipped', reason: 'there is none' },
      { action: 'skipped', reason: 'there is none' },
    ]);
  });

  it('keeps definitions and namespaces unless their contents may go too', async () => {
    const [{ ref: definition }] = await applyManifests({
      client,
      manifests: sourced(gadgetDefinition),
      namespace: 'betting',
    });
    const objects = [{ ref: definition }];
    expect(await deleteObjects({ client, objects })).toMatchObject([
      { action: 'skipped', reason: 'everything inside would go with it' },
    ]);
    expect(
      await deleteObjects({ client, objects, withContents: true }),
    ).toMatchObject([{ action: 'deleted' }]);
  });
});
