import {
  FIELD_MANAGER,
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyFailedError } from '../../errors/ApplyFailedError';
import { KubernetesApiError } from '../../errors/KubernetesApiError';
import { PlanRefusedError } from '../../errors/PlanRefusedError';
import { ChangeSet } from '../../model/ChangeSet';
import { cloneJson } from '../../testUtils/cloneJson';
import { FakeCluster } from '../../testUtils/FakeCluster';
import {
  deployment,
  gadget,
  gadgetDefinition,
  scaledObject,
  service,
  serviceManifests,
  sourced,
} from '../../testUtils/serviceManifests';
import { applyManifests } from '../applyManifests';
import { deleteObjects } from '../deleteObjects';
import { planApply } from '../planApply';
import { ApplyManifestsOptions } from '../preparePlan';
import { prunedKindsOf, resolveForDelete } from '../writtenKinds';
import { applySetId, parentRefOf } from './ApplySet';
import { APPLY_SET, HPA_EXCLUDED_LABELS } from './applySetNames';

const set = {
  name: 'odds-applyset',
  namespace: 'betting',
  entityRef: 'component:default/odds',
  task: 'task-1',
};
const parent = parentRefOf(set);
const ref = (apiVersion: string, kind: string): ObjectRef => ({
  apiVersion,
  kind,
  name: 'odds',
  namespace: 'betting',
});
const serviceRef = ref('v1', 'Service');
const scaledObjectRef = ref('keda.sh/v1alpha1', 'ScaledObject');
const configMap: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'odds', namespace: 'betting' },
  data: { a: '1' },
};

function actionsOf(changeSet: ChangeSet): Record<string, string> {
  return Object.fromEntries(
    changeSet.map(({ ref: { kind, name }, action }) => [
      `${kind} ${name}`,
      action,
    ]),
  );
}

describe('an ApplySet', () => {
  let client: FakeCluster;
  const request = (
    manifests = serviceManifests,
    options: Partial<ApplyManifestsOptions> = {},
  ): ApplyManifestsOptions => ({
    client,
    manifests,
    namespace: 'betting',
    applySet: set,
    ...options,
  });
  const apply = (
    manifests?: ApplyManifestsOptions['manifests'],
    options?: Partial<ApplyManifestsOptions>,
  ) => applyManifests(request(manifests, options));
  const parentNow = () => client.get(parent);

  beforeEach(() => {
    client = new FakeCluster(['betting', 'trading']);
  });

  it('has the id that the KEP computes', () => {
    // printf 'my-set.my-ns.ConfigMap.' | sha256sum, in base64 for URLs without padding.
    expect(applySetId({ name: 'my-set', namespace: 'my-ns' })).toBe(
      'applyset-cH6yId20fa7Ak8MtKIBN1H8OMqIef-Q9TNkI3Rl_ufo-v1',
    );
  });

  it('marks its members and is described by its parent, which is written first', async () => {
    const changeSet = await apply();
    expect(client.written()[0]).toBe('ConfigMap betting/odds-applyset');
    expect(changeSet[0]).toMatchObject({ ref: parent, action: 'created' });
    expect((await client.get(serviceRef))?.metadata.labels).toMatchObject({
      [APPLY_SET.partOf]: applySetId(set),
      'app.kubernetes.io/name': 'odds',
    });
    expect((await parentNow())?.metadata).toMatchObject({
      labels: { [APPLY_SET.id]: applySetId(set) },
      annotations: {
        [APPLY_SET.tooling]: expect.stringMatching(
          new RegExp(`^${FIELD_MANAGER}/v\\d`),
        ),
        [APPLY_SET.groupKinds]:
          'Deployment.apps,Prometheus.monitoring.coreos.com,ScaledObject.keda.sh,Service,ServiceMonitor.monitoring.coreos.com',
        [APPLY_SET.namespaces]: '',
        'sportsbook-scaling/entity-ref': 'component:default/odds',
        'sportsbook-scaling/last-task': 'task-1',
      },
    });
  });

  it('tells KEDA not to copy the mark to its autoscaler, beside what the manifest excludes', async () => {
    const own = scaledObject();
    own.metadata.annotations = { [HPA_EXCLUDED_LABELS]: 'team, tier' };
    await apply(sourced(deployment, service, own));
    expect((await client.get(scaledObjectRef))?.metadata.annotations).toEqual({
      [HPA_EXCLUDED_LABELS]: `team,tier,${APPLY_SET.partOf}`,
    });
  });

  it('writes nothing in a second run, whichever task runs it', async () => {
    await apply();
    client.writes.length = 0;
    const changeSet = await apply(undefined, {
      applySet: { ...set, task: 'task-2' },
      prune: true,
    });
    expect(client.written()).toEqual([]);
    expect(new Set(changeSet.map(({ action }) => action))).toEqual(
      new Set(['unchanged']),
    );
  });

  it('notes the task that changed something last', async () => {
    await apply();
    const changed = cloneJson(service);
    changed.spec = { ...(changed.spec as object), type: 'NodePort' };
    await apply(
      serviceManifests.map(manifest =>
        manifest.object.kind === 'Service' ? sourced(changed)[0] : manifest,
      ),
      { applySet: { ...set, task: 'task-2' } },
    );
    expect((await parentNow())?.metadata.annotations).toMatchObject({
      'sportsbook-scaling/last-task': 'task-2',
    });
  });

  it('tells what an earlier apply made and the manifests lack, and keeps it unless pruned', async () => {
    await apply(sourced(deployment, service, configMap));
    const changeSet = await apply(sourced(deployment, service));
    expect(actionsOf(changeSet)).toEqual({
      'Deployment odds': 'unchanged',
      'Service odds': 'unchanged',
      'ConfigMap odds': 'skipped',
      'ConfigMap odds-applyset': 'unchanged',
    });
    expect(
      (await parentNow())?.metadata.annotations?.[APPLY_SET.groupKinds],
    ).toBe('ConfigMap,Deployment.apps,Service');
  });

  it('prunes after everything applied, in reverse order, and then says no more than is true', async () => {
    await apply();
    client.writes.length = 0;
    const { changes } = await planApply(
      request(sourced(service, configMap), { prune: true }),
    );
    expect(actionsOf(changes)).toMatchObject({
      'ScaledObject odds': 'deleted',
      'Deployment odds': 'deleted',
    });
    expect(client.written()).toEqual([]);
    const changeSet = await apply(sourced(service, configMap), { prune: true });
    expect(client.written()).toEqual([
      'ConfigMap betting/odds-applyset',
      'ConfigMap betting/odds',
      'ScaledObject betting/odds',
      'Prometheus betting/odds',
      'ServiceMonitor betting/odds',
      'Deployment betting/odds',
      'ConfigMap betting/odds-applyset',
    ]);
    expect(actionsOf(changeSet)).toMatchObject({
      'Service odds': 'unchanged',
      'Deployment odds': 'deleted',
    });
    expect(
      (await parentNow())?.metadata.annotations?.[APPLY_SET.groupKinds],
    ).toBe('ConfigMap,Service');
  });

  it('prunes nothing unless everything applied', async () => {
    await apply(sourced(deployment, service));
    client.admit = (object, { dryRun }) =>
      object.metadata.name === 'odds' && object.kind === 'ConfigMap' && !dryRun
        ? { error: new KubernetesApiError('no', { status: 422 }) }
        : {};
    await expect(
      apply(sourced(service, configMap), { prune: true }),
    ).rejects.toThrow(ApplyFailedError);
    expect(await client.get(ref('apps/v1', 'Deployment'))).toBeDefined();
    // Both are found again by the next run.
    expect(
      (await parentNow())?.metadata.annotations?.[APPLY_SET.groupKinds],
    ).toBe('ConfigMap,Deployment.apps,Service');
  });

  it('never prunes what a controller made, what others applied, or a container', async () => {
    await apply(sourced(gadgetDefinition, gadget, service));
    const labels = { [APPLY_SET.partOf]: applySetId(set) };
    client.seed({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'controlled',
        namespace: 'betting',
        labels,
        ownerReferences: [{ kind: 'Prometheus', name: 'p', controller: true }],
      },
    });
    client.seed({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'foreign', namespace: 'betting', labels },
    });
    client.writes.length = 0;
    const changeSet = await apply(sourced(gadget, service), { prune: true });
    expect(
      changeSet
        .filter(({ action }) => action === 'skipped')
        .map(({ ref: { name }, reason }) => [name, reason]),
    ).toEqual(
      expect.arrayContaining([
        ['controlled', 'Prometheus p controls it'],
        ['foreign', `not applied by ${FIELD_MANAGER}`],
        [
          'gadgets.example.com',
          'no longer in the manifests; everything inside would go with it',
        ],
      ]),
    );
    expect(client.writes.filter(({ verb }) => verb === 'delete')).toEqual([]);
  });

  it('needs the kinds granted and the rights that a deletion of what it prunes takes', async () => {
    await apply();
    const manifests = sourced(service, deployment);
    expect(
      await prunedKindsOf({
        client,
        manifests,
        namespace: 'betting',
        otherNamespaces: [],
        applySet: set,
      }),
    ).toEqual({
      kinds: expect.arrayContaining([
        'keda.sh/ScaledObject',
        'monitoring.coreos.com/ServiceMonitor',
        'monitoring.coreos.com/Prometheus',
      ]),
      clusterScopedKinds: [],
    });
    client.denied.add('delete scaledobjects');
    const { problems } = await planApply(
      request(manifests, {
        prune: true,
        granted: {
          kinds: [
            '/Service',
            'apps/Deployment',
            'keda.sh/ScaledObject',
            'monitoring.coreos.com/Prometheus',
          ],
          clusterScopedKinds: [],
        },
      }),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(
        "its kind 'monitoring.coreos.com/ServiceMonitor' was not among those",
      ),
      expect.stringContaining('may not delete scaledobjects.keda.sh'),
    ]);
  });

  it.each([
    ['stands for no ApplySet', {}],
    [
      "is managed by 'kubectl/v1.36.3'",
      { [APPLY_SET.tooling]: 'kubectl/v1.36.3' },
    ],
    ['has a wrong label', { [APPLY_SET.tooling]: `${FIELD_MANAGER}/v0.1.0` }],
  ])('refuses a ConfigMap that %s', async (reason, annotations) => {
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: set.name, namespace: 'betting', annotations },
    });
    await expect(apply()).rejects.toThrow(PlanRefusedError);
    await expect(apply()).rejects.toThrow(reason);
    expect(client.written()).toEqual([]);
  });

  it('refuses objects that belong to another set', async () => {
    await apply(sourced(service));
    await expect(
      apply(sourced(service), { applySet: { ...set, name: 'other' } }),
    ).rejects.toThrow(`it belongs to another ApplySet, '${applySetId(set)}'`);
  });

  it('refuses a set outside the namespaces, and an object that its parent would overwrite', async () => {
    await expect(
      apply(undefined, { applySet: { ...set, namespace: 'trading' } }),
    ).rejects.toThrow("is outside 'betting'");
    await expect(
      apply(sourced(configMap), { applySet: { ...set, name: 'odds' } }),
    ).rejects.toThrow('stands for the set itself');
    expect(client.written()).toEqual([]);
  });

  it('keeps on its parent the namespaces that a run may not look at', async () => {
    const elsewhere = cloneJson(configMap);
    elsewhere.metadata.namespace = 'trading';
    await apply(sourced(service, elsewhere), { otherNamespaces: ['trading'] });
    const lines: string[] = [];
    await apply(sourced(service), {
      prune: true,
      onProgress: line => lines.push(line),
    });
    expect((await parentNow())?.metadata.annotations).toMatchObject({
      [APPLY_SET.namespaces]: 'trading',
      [APPLY_SET.groupKinds]: 'ConfigMap,Service',
    });
    expect(
      (await planApply(request(sourced(service)))).warnings.join(),
    ).toContain("not looked for among configmaps in 'trading'");
  });

  it('does not mark what makes the namespace, which the next run does not name', async () => {
    const changeSet = await applyManifests({
      ...request(sourced(service)),
      namespace: 'fresh',
      applySet: { ...set, namespace: 'fresh' },
      newNamespace: {
        source: 'app-config',
        objects: [
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fresh' } },
        ],
      },
    });
    expect(changeSet.map(({ ref: { kind } }) => kind)).toEqual([
      'Namespace',
      'ConfigMap',
      'Service',
    ]);
    const namespace = await client.get({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: 'fresh',
    });
    expect(namespace?.metadata.labels).toBeUndefined();
  });

  describe('that is deleted', () => {
    const resolve = (otherNamespaces: string[] = []) =>
      resolveForDelete({
        client,
        manifests: [],
        objects: [],
        namespace: 'betting',
        otherNamespaces,
        applySet: set,
      });

    it('goes in reverse order, its parent last', async () => {
      await apply();
      client.writes.length = 0;
      const { objects, set: found, ...granted } = await resolve();
      const run = { client, objects, set: found, granted };
      const planned = await deleteObjects({ ...run, plan: true });
      expect(client.writes).toEqual([]);
      const changeSet = await deleteObjects(run);
      expect(changeSet).toEqual(planned);
      expect(client.written()).toEqual([
        'ScaledObject betting/odds',
        'Prometheus betting/odds',
        'ServiceMonitor betting/odds',
        'Deployment betting/odds',
        'Service betting/odds',
        'ConfigMap betting/odds-applyset',
      ]);
    });

    it('keeps its parent while members are left', async () => {
      await apply(sourced(gadgetDefinition, service));
      const { objects, set: found } = await resolve();
      const changeSet = await deleteObjects({ client, objects, set: found });
      expect(actionsOf(changeSet)).toEqual({
        'CustomResourceDefinition gadgets.example.com': 'skipped',
        'Service odds': 'deleted',
        'ConfigMap odds-applyset': 'skipped',
      });
      expect(await parentNow()).toBeDefined();
    });

    it('is not begun where members may be elsewhere', async () => {
      const elsewhere = cloneJson(configMap);
      elsewhere.metadata.namespace = 'trading';
      await apply(sourced(elsewhere), { otherNamespaces: ['trading'] });
      await expect(resolve()).rejects.toThrow(
        "Nothing was deleted. Members of the set 'odds-applyset' were not looked for among configmaps in 'trading'",
      );
      expect((await resolve(['trading'])).objects).toHaveLength(1);
    });

    it('has nothing to do where there is no such set', async () => {
      const { objects, set: found } = await resolve();
      expect(await deleteObjects({ client, objects, set: found })).toEqual([]);
    });
  });
});
