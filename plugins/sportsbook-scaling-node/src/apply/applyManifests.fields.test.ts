import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { AdmissionDeniedError, KubernetesApiError } from '../errors';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  deployment,
  scaledObject,
  service,
  serviceManifests,
  sourced,
} from '../testUtils/serviceManifests';
import { cloneJson } from '../testUtils/cloneJson';
import { applyManifests } from './applyManifests';

const deploymentRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'odds',
  namespace: 'betting',
};

describe('the fields that applyManifests writes', () => {
  let client: FakeCluster;
  const apply = (
    manifests = serviceManifests,
    options: Partial<Parameters<typeof applyManifests>[0]> = {},
  ) => applyManifests({ client, manifests, namespace: 'betting', ...options });

  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  it('never reveals the data of a Secret', async () => {
    const secret = (password: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      data: { password },
    });
    await apply(sourced(secret('b2xk')));
    const changeSet = await apply(sourced(secret('bmV3')));
    expect(changeSet[0].changedFields).toEqual(['.data.password']);
    expect(JSON.stringify(changeSet)).not.toMatch(/b2xk|bmV3/);
  });

  it('takes ownership of an object that somebody else made alike', async () => {
    client.seed({
      ...deployment,
      metadata: { ...deployment.metadata, namespace: 'betting' },
    });
    const [entry] = await apply(sourced(deployment));
    expect(entry).toMatchObject({
      action: 'configured',
      changedFields: [],
      reason: 'ownership of fields',
    });
    expect(await apply(sourced(deployment))).toMatchObject([
      { action: 'unchanged' },
    ]);
  });

  it('fails on fields of other managers, and takes them over only when forced', async () => {
    client.seed(
      {
        ...service,
        metadata: { ...service.metadata, namespace: 'betting' },
        spec: { ...(service.spec as object), type: 'LoadBalancer' },
      },
      'kubectl',
    );
    const manifest = sourced({
      ...service,
      spec: { ...(service.spec as object), type: 'NodePort' },
    });
    await expect(apply(manifest)).rejects.toThrow(
      'Service betting/odds: .spec.type (live "LoadBalancer", ours "NodePort") belongs to kubectl',
    );
    expect(client.written()).toEqual([]);
    expect(await apply(manifest, { force: true })).toMatchObject([
      { action: 'configured', changedFields: ['.spec.type'] },
    ]);
  });

  it('says what to do about a field that cannot change', async () => {
    await apply(sourced(deployment));
    const changed = cloneJson(deployment);
    changed.spec = {
      ...(changed.spec as object),
      selector: { matchLabels: { app: 'other' } },
    };
    await expect(apply(sourced(changed))).rejects.toThrow(
      'Deployment betting/odds: .spec.selector cannot change (field is immutable). Leave it as it is, or name the object in recreate',
    );
  });

  it("keeps the autoscaler's replicas when the manifest drops its own", async () => {
    const fixed = cloneJson(deployment);
    fixed.spec = { ...(fixed.spec as object), replicas: 2 };
    await apply(sourced(fixed));
    const [entry] = await apply(sourced(deployment, scaledObject()));
    expect(entry).toMatchObject({
      action: 'configured',
      changedFields: [],
      reason: 'spec.replicas is handed over to the autoscaler as it is',
    });
    const live = await client.get(deploymentRef);
    expect(live?.spec).toMatchObject({ replicas: 2 });
    expect(JSON.stringify(live?.metadata.managedFields)).toContain(
      `${FIELD_MANAGER}-handover`,
    );
  });

  describe('where another manager owns some of them', () => {
    const ref = { ...deploymentRef, apiVersion: 'v1', kind: 'ConfigMap' };
    const limits = (data: Record<string, string>): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
      data,
    });
    const ours = sourced(limits({ bets: '20', odds: '30' }));
    const onlyBets = [{ ref, fields: ['.data.bets'] }];

    beforeEach(() => {
      client.seed(limits({ bets: '1', odds: '30', old: 'yes' }), 'kubectl');
    });

    it('forces the fields that are named, and says whose they were', async () => {
      const request = { forceConflicts: onlyBets };
      expect(await apply(ours, request)).toMatchObject([
        {
          action: 'configured',
          changedFields: ['.data.bets'],
          reason:
            'forced, as was asked: .data.bets (live "1", ours "20") belongs to kubectl',
        },
      ]);
      expect(await apply(ours, request)).toMatchObject([
        { action: 'unchanged' },
      ]);
    });

    it('forces nothing where a single conflict was not named', async () => {
      const manifest = sourced(limits({ bets: '20', odds: '40' }));
      await expect(
        apply(manifest, { forceConflicts: onlyBets }),
      ).rejects.toThrow('.data.odds (live "30", ours "40") belongs to kubectl');
      expect(client.written()).toEqual([]);
    });

    it('looks again where somebody writes between the look and the write', async () => {
      let rivals = 0;
      client.admit = (_, { dryRun }) => {
        if (!dryRun && rivals < 3) {
          rivals += 1;
          client.update(ref, object => {
            object.status = { rivals };
          });
        }
        return {};
      };
      expect(await apply(ours, { forceConflicts: onlyBets })).toMatchObject([
        { action: 'configured', changedFields: ['.data.bets'] },
      ]);
      expect(rivals).toBe(3);
      expect((await client.get(ref))?.data).toMatchObject({ bets: '20' });
    });

    it('does not force a field that becomes a conflict after the look', async () => {
      client.admit = (_, { dryRun }) => {
        if (!dryRun) {
          client.update(
            ref,
            object => {
              object.data = { bets: '1', odds: '99', old: 'yes' };
            },
            'risk-team',
          );
        }
        return {};
      };
      await expect(apply(ours, { forceConflicts: onlyBets })).rejects.toThrow(
        '.data.odds (live "99", ours "30") belongs to risk-team',
      );
      expect((await client.get(ref))?.data).toMatchObject({
        bets: '1',
        odds: '99',
      });
    });

    it('takes all fields of a manager over, and removes what the manifest lacks', async () => {
      const request = { migrateFrom: ['kubectl'] };
      expect(await apply(ours, request)).toMatchObject([
        {
          action: 'configured',
          changedFields: ['.data.bets', '.data.old'],
          reason: 'takes over all fields of kubectl',
        },
      ]);
      const live = await client.get(ref);
      expect(live?.data).toEqual({ bets: '20', odds: '30' });
      expect(live?.metadata.managedFields).toMatchObject([
        { manager: FIELD_MANAGER, operation: 'Apply' },
      ]);
      expect(await apply(ours, request)).toMatchObject([
        { action: 'unchanged' },
      ]);
    });

    it('leaves the fields of a manager that is not named, also while it migrates another', async () => {
      client.update(
        ref,
        object => {
          object.data = { bets: '1', odds: '99', old: 'yes' };
        },
        'risk-team',
      );
      await expect(apply(ours, { migrateFrom: ['kubectl'] })).rejects.toThrow(
        '.data.odds (live "99", ours "30") belongs to risk-team',
      );
      expect(client.written()).toEqual([]);
    });

    it('shows no value of a Secret in a conflict', async () => {
      const secret = (password: string): KubernetesObject => ({
        ...limits({}),
        kind: 'Secret',
        data: { password },
      });
      client.seed(secret('b25l'), 'kubectl');
      const failure = apply(sourced(secret('dHdv')));
      await expect(failure).rejects.toThrow(
        '.data.password (live "*****", ours "*****") belongs to kubectl',
      );
      await expect(failure).rejects.not.toThrow(/b25l|dHdv/);
    });
  });

  describe('where one of them cannot change', () => {
    const other = cloneJson(deployment);
    other.spec = {
      ...(other.spec as object),
      selector: { matchLabels: { app: 'other' } },
    };

    it('makes the object anew where that was asked for, after its finalizers', async () => {
      await apply(sourced(deployment));
      client.update(deploymentRef, object => {
        object.metadata.finalizers = ['example.com/hold'];
      });
      const before = await client.get(deploymentRef);
      const plan = apply(sourced(other), { recreate: true });
      const isGoing = async () =>
        (await client.get(deploymentRef))?.metadata.deletionTimestamp !==
        undefined;
      while (!(await isGoing())) {
        await new Promise(resolve => setImmediate(resolve));
      }
      client.remove(deploymentRef);
      expect(await plan).toMatchObject([
        {
          action: 'configured',
          recreated: true,
          reason:
            'deleted and created anew: .spec.selector cannot change (field is immutable)',
        },
      ]);
      const after = await client.get(deploymentRef);
      expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
      expect(after?.spec).toMatchObject({
        selector: { matchLabels: { app: 'other' } },
      });
    });

    it('makes anew only what is named', async () => {
      await apply(sourced(deployment));
      await expect(
        apply(sourced(other), {
          recreate: [{ ref: { ...deploymentRef, name: 'another' } }],
        }),
      ).rejects.toThrow('.spec.selector cannot change');
      expect(
        await apply(sourced(other), { recreate: [{ ref: deploymentRef }] }),
      ).toMatchObject([{ recreated: true }]);
    });

    it('deletes nothing where the server would not take the new object, or the right is missing', async () => {
      await apply(sourced(deployment));
      client.denied.add('delete deployments');
      await expect(apply(sourced(other), { recreate: true })).rejects.toThrow(
        'takes the right to delete Deployment betting/odds',
      );
      client.denied.clear();
      client.admit = ({ metadata }) =>
        metadata.name === 'odds'
          ? {}
          : {
              error: new KubernetesApiError('spec.x: Required value', {
                status: 422,
                reason: 'Invalid',
              }),
            };
      await expect(apply(sourced(other), { recreate: true })).rejects.toThrow(
        'spec.x: Required value',
      );
      expect(client.writes.filter(({ verb }) => verb === 'delete')).toEqual([]);
    });

    it('says that the object is gone where it cannot be created again', async () => {
      await apply(sourced(deployment));
      client.admit = ({ metadata }, { dryRun }) =>
        dryRun || metadata.name !== 'odds'
          ? {}
          : { error: new AdmissionDeniedError('closed for today', 'gate') };
      const failure: unknown = await apply(sourced(other), {
        recreate: true,
      }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        name: 'ApplyFailedError',
        message: expect.stringContaining(
          'Deployment betting/odds was deleted to be created anew, and that is not done: ',
        ),
        changeSet: [
          { action: 'failed', reason: expect.stringContaining('was deleted') },
        ],
      });
    });

    describe('and data would go with the object', () => {
      const ofKind = (kind: string, metadata: KubernetesObject['metadata']) => {
        const object = { apiVersion: 'v1', kind, metadata };
        client.seed(object);
        client.admit = ({ metadata: { name } }) =>
          name !== metadata.name ||
          client.writes.some(({ verb }) => verb === 'delete')
            ? {}
            : {
                error: new KubernetesApiError('spec: field is immutable', {
                  status: 422,
                  causes: [
                    { field: 'spec', message: 'Forbidden: field is immutable' },
                  ],
                }),
              };
        return { object, ref: { apiVersion: 'v1', kind, ...metadata } };
      };

      it('makes a claim anew only where the loss was asked for by its own word', async () => {
        const { object, ref } = ofKind('PersistentVolumeClaim', {
          name: 'data',
          namespace: 'betting',
        });
        await expect(
          apply(sourced(object), { recreate: true }),
        ).rejects.toThrow('say losingData for it');
        expect(
          await apply(sourced(object), {
            recreate: [{ ref, losingData: true }],
          }),
        ).toMatchObject([{ recreated: true }]);
      });

      it('never makes a namespace anew', async () => {
        const { object, ref } = ofKind('Namespace', { name: 'betting' });
        await expect(
          apply(sourced(object), { recreate: [{ ref, losingData: true }] }),
        ).rejects.toThrow('everything in it would go with it');
        expect(client.writes).toEqual([]);
      });
    });
  });
});
