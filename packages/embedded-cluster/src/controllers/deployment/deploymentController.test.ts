import { StatusError } from '../../model/StatusError';
import { TestCluster } from '../__testUtils__/TestCluster';
import { deployment, podTemplate } from '../__testUtils__/workloads';
import { requireType } from '../../runtime/requireType';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

const web = () => cluster.get('apps/v1', 'Deployment', 'web');
const replicaSets = () => cluster.list('apps/v1', 'ReplicaSet');
const conditions = () =>
  Object.fromEntries(
    (
      web().status as {
        conditions: { type: string; status: string; reason: string }[];
      }
    ).conditions.map(({ type, status, reason }) => [type, [status, reason]]),
  );
const replicasOf = (name: string) =>
  (cluster.get('apps/v1', 'ReplicaSet', name).spec as { replicas: number })
    .replicas;
const revisionOf = (object: { metadata: { annotations?: object } }) =>
  Object.entries(object.metadata.annotations ?? {}).find(
    ([key]) => key === 'deployment.kubernetes.io/revision',
  )?.[1];

describe('deployment controller', () => {
  it('makes a ReplicaSet with the template and reports that it is available', async () => {
    cluster.create(deployment());
    await cluster.settle();

    const [current] = replicaSets();
    expect(replicaSets()).toHaveLength(1);
    expect(current.metadata.name).toMatch(
      /^web-[bcdfghjklmnpqrstvwxz2456789]+$/,
    );
    expect(current.metadata).toMatchObject({
      labels: { app: 'web' },
      annotations: {
        'deployment.kubernetes.io/desired-replicas': '2',
        'deployment.kubernetes.io/max-replicas': '3',
        'deployment.kubernetes.io/revision': '1',
      },
      ownerReferences: [
        {
          kind: 'Deployment',
          name: 'web',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
    expect(cluster.list('v1', 'Pod')).toHaveLength(2);
    expect(web().status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      terminatingReplicas: 0,
    });
    expect(conditions()).toEqual({
      Available: ['True', 'MinimumReplicasAvailable'],
      Progressing: ['True', 'NewReplicaSetAvailable'],
    });
    expect(revisionOf(web())).toBe('1');
    expect(cluster.events('Deployment', 'web')).toEqual([
      `ScalingReplicaSet: Scaled up replica set ${current.metadata.name} from 0 to 2`,
    ]);
    expect(cluster.warnings.join()).not.toMatch(/deployment|replicaset/);
  });

  it('replaces pods one after the other, never below what must be available', async () => {
    cluster.create(deployment({ replicas: 4 }));
    await cluster.settle();
    const [before] = replicaSets();
    const available: number[] = [];
    const total: number[] = [];
    const stop = cluster.objects.watch(
      requireType(cluster.objects, 'apps/v1', 'Deployment'),
      {},
      ({ object }) => {
        const status = object.status as {
          availableReplicas?: number;
          replicas?: number;
        };
        available.push(status.availableReplicas ?? 0);
        total.push(status.replicas ?? 0);
      },
    );

    changeTemplate('r2');
    await cluster.settle();
    stop();

    expect(replicasOf(before.metadata.name)).toBe(0);
    expect(Math.min(...available)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...total)).toBeLessThanOrEqual(5);
    expect(revisionOf(web())).toBe('2');
    expect(conditions().Progressing).toEqual([
      'True',
      'NewReplicaSetAvailable',
    ]);
    expect(web().status).toMatchObject({
      observedGeneration: 2,
      replicas: 4,
      updatedReplicas: 4,
      availableReplicas: 4,
    });
  });

  it('keeps the old pods while the new ones do not become ready, and says so after the deadline', async () => {
    cluster.create(deployment({ progressDeadlineSeconds: 60 }));
    await cluster.settle();
    const [before] = replicaSets();

    cluster.patch(web(), { spec: { template: podTemplate('hangs') } });
    await cluster.settle();

    expect(replicasOf(before.metadata.name)).toBe(2);
    expect(conditions()).toEqual({
      Available: ['True', 'MinimumReplicasAvailable'],
      Progressing: ['True', 'ReplicaSetUpdated'],
    });
    expect(web().status).toMatchObject({
      replicas: 3,
      updatedReplicas: 1,
      unavailableReplicas: 1,
    });

    await cluster.pass(62);

    expect(conditions().Progressing).toEqual([
      'False',
      'ProgressDeadlineExceeded',
    ]);
  });

  it('goes back to an earlier template by the ReplicaSet that it has of it', async () => {
    cluster.create(deployment());
    await cluster.settle();
    const [first] = replicaSets();
    changeTemplate('r2');
    await cluster.settle();

    cluster.patch(web(), {
      spec: { template: { metadata: { annotations: null } } },
    });
    await cluster.settle();

    expect(replicaSets()).toHaveLength(2);
    expect(replicasOf(first.metadata.name)).toBe(2);
    expect(
      cluster.get('apps/v1', 'ReplicaSet', first.metadata.name).metadata
        .annotations,
    ).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect(revisionOf(web())).toBe('3');
  });

  it('ends all old pods before it makes a new one when it recreates', async () => {
    cluster.create(deployment({ strategy: { type: 'Recreate' } }));
    await cluster.settle();
    const [before] = replicaSets();
    cluster.kubelet.holdsPods = true;

    changeTemplate('r2');
    await cluster.settle();

    expect(replicaSets()).toHaveLength(1);
    expect(replicasOf(before.metadata.name)).toBe(0);
    expect(conditions().Available).toEqual([
      'False',
      'MinimumReplicasUnavailable',
    ]);

    cluster.kubelet.releasePods();
    await cluster.settle();

    expect(replicaSets()).toHaveLength(2);
    expect(conditions()).toEqual({
      Available: ['True', 'MinimumReplicasAvailable'],
      Progressing: ['True', 'NewReplicaSetAvailable'],
    });
  });

  it('scales without a rollout when only the number of replicas changes', async () => {
    cluster.create(deployment());
    await cluster.settle();
    const [{ metadata }] = replicaSets();

    cluster.patch(web(), { spec: { replicas: 5 } });
    await cluster.settle();
    cluster.patch(web(), { spec: { replicas: 1 } });
    await cluster.settle();

    expect(replicaSets()).toHaveLength(1);
    expect(cluster.list('v1', 'Pod')).toHaveLength(1);
    expect(cluster.events('Deployment', 'web')).toEqual([
      `ScalingReplicaSet: Scaled up replica set ${metadata.name} from 0 to 2`,
      `ScalingReplicaSet: Scaled up replica set ${metadata.name} from 2 to 5`,
      `ScalingReplicaSet: Scaled down replica set ${metadata.name} from 5 to 1`,
    ]);
    expect(
      cluster.get('apps/v1', 'ReplicaSet', metadata.name).metadata.annotations,
    ).toMatchObject({
      'deployment.kubernetes.io/desired-replicas': '1',
      'deployment.kubernetes.io/max-replicas': '2',
    });
  });

  it('shares out a change of the number in the middle of a rollout', async () => {
    cluster.create(
      deployment({
        replicas: 10,
        strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
      }),
    );
    await cluster.settle();
    const [old] = replicaSets();
    cluster.patch(web(), { spec: { template: podTemplate('hangs') } });
    await cluster.settle();
    const current = replicaSets().find(
      ({ metadata }) => metadata.name !== old.metadata.name,
    );
    expect([
      replicasOf(old.metadata.name),
      replicasOf(current?.metadata.name ?? ''),
    ]).toEqual([8, 5]);

    cluster.patch(web(), { spec: { replicas: 15 } });
    await cluster.settle();

    // 5 of 18 - 13 are shared as 8 : 5.
    expect([
      replicasOf(old.metadata.name),
      replicasOf(current?.metadata.name ?? ''),
    ]).toEqual([11, 7]);
  });

  it('rolls nothing out while it is paused, yet scales', async () => {
    cluster.create(deployment());
    await cluster.settle();

    cluster.patch(web(), { spec: { paused: true } });
    changeTemplate('r2');
    cluster.patch(web(), { spec: { replicas: 3 } });
    await cluster.settle();

    expect(replicaSets()).toHaveLength(1);
    expect(cluster.list('v1', 'Pod')).toHaveLength(3);
    expect(conditions().Progressing).toEqual(['Unknown', 'DeploymentPaused']);

    cluster.patch(web(), { spec: { paused: null } });
    await cluster.settle();

    expect(replicaSets()).toHaveLength(2);
    expect(conditions().Progressing).toEqual([
      'True',
      'NewReplicaSetAvailable',
    ]);
  });

  it('keeps as many old ReplicaSets as it is told', async () => {
    cluster.create(deployment({ revisionHistoryLimit: 1 }));
    await cluster.settle();
    for (const value of ['r2', 'r3', 'r4']) {
      changeTemplate(value);
      await cluster.settle();
    }

    expect(replicaSets().map(revisionOf).sort()).toEqual(['3', '4']);
  });

  it('waits for minReadySeconds before a pod counts as available', async () => {
    cluster.create(deployment({ minReadySeconds: 10 }));
    await cluster.settle();

    expect(web().status).toMatchObject({
      readyReplicas: 2,
      unavailableReplicas: 2,
    });

    await cluster.pass(11);

    expect(web().status).toMatchObject({ availableReplicas: 2 });
    expect(conditions().Available).toEqual([
      'True',
      'MinimumReplicasAvailable',
    ]);
  });

  it('takes another name for a ReplicaSet when its own is taken', async () => {
    cluster.create(deployment({ replicas: 0 }));
    await cluster.settle();
    const [{ metadata, spec }] = replicaSets();
    cluster.delete(web(), { propagationPolicy: 'Orphan' });
    await cluster.settle();
    cluster.patch(replicaSets()[0], {
      metadata: { labels: { app: 'other' } },
    });
    expect(spec).toMatchObject({ replicas: 0 });

    cluster.create(deployment());
    await cluster.settle();
    await cluster.pass(1);

    expect(web().status).toMatchObject({
      collisionCount: 1,
      availableReplicas: 2,
    });
    expect(replicaSets().map(one => one.metadata.name)).toContain(
      metadata.name,
    );
    expect(replicaSets()).toHaveLength(2);
  });

  it('tells of a quota or another refusal of pods in ReplicaFailure', async () => {
    cluster.objects.addAdmission(({ operation, type }) => {
      if (operation === 'CREATE' && type.kind === 'Pod') {
        throw new StatusError({
          code: 403,
          reason: 'Forbidden',
          message: 'pods are forbidden today',
        });
      }
    });
    cluster.create(deployment());
    await cluster.settle();

    expect(conditions()).toMatchObject({
      ReplicaFailure: ['True', 'FailedCreate'],
      Available: ['False', 'MinimumReplicasUnavailable'],
    });
    const [{ metadata }] = replicaSets();
    expect(cluster.events('ReplicaSet', metadata.name)).toContain(
      'FailedCreate: Error creating: pods are forbidden today',
    );
  });
});

function changeTemplate(value: string): void {
  cluster.patch(web(), {
    spec: { template: { metadata: { annotations: { release: value } } } },
  });
}
