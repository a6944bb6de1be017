import { TestCluster } from '../__testUtils__/TestCluster';
import { job } from '../__testUtils__/workloads';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

const load = () => cluster.get('batch/v1', 'Job', 'load');
const pods = () => cluster.list('v1', 'Pod');
const conditions = () =>
  (
    (load().status as { conditions?: { type: string; reason: string }[] })
      .conditions ?? []
  ).map(({ type, reason }) => `${type} ${reason}`);

describe('job controller', () => {
  it('runs to its completions, so many at a time', async () => {
    cluster.create(job('succeeds', { completions: 5, parallelism: 2 }));
    await cluster.settle();

    expect(load().status).toMatchObject({
      succeeded: 5,
      ready: 0,
      terminating: 0,
      uncountedTerminatedPods: {},
      startTime: '2026-11-24T10:00:00Z',
      completionTime: '2026-11-24T10:00:00Z',
    });
    expect(load().status).not.toHaveProperty('active');
    expect(conditions()).toEqual([
      'SuccessCriteriaMet CompletionsReached',
      'Complete CompletionsReached',
    ]);
    expect(pods()).toHaveLength(5);
    expect(pods().flatMap(pod => pod.metadata.finalizers ?? [])).toEqual([]);
    expect(cluster.events('Job', 'load').at(-1)).toBe(
      'Completed: Job completed',
    );
  });

  it('labels its pods and tells them by the uid of the Job', async () => {
    cluster.create(job('hangs'));
    await cluster.settle();

    const { uid } = load().metadata;
    expect(load().spec).toMatchObject({
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
    });
    expect(pods()[0].metadata).toMatchObject({
      generateName: 'load-',
      finalizers: ['batch.kubernetes.io/job-tracking'],
      labels: {
        'batch.kubernetes.io/controller-uid': uid,
        'batch.kubernetes.io/job-name': 'load',
        'job-name': 'load',
      },
    });
    expect(load().status).toMatchObject({ active: 1, ready: 0 });
  });

  it('tries again after ten seconds, then twenty, and gives up at its limit', async () => {
    cluster.create(job('fails', { backoffLimit: 2 }));
    await cluster.settle();
    const counts = [pods().length];
    for (const seconds of [9, 2, 17, 4]) {
      await cluster.pass(seconds);
      counts.push(pods().length);
    }

    expect(counts).toEqual([1, 1, 2, 2, 3]);
    expect(conditions()).toEqual([
      'FailureTarget BackoffLimitExceeded',
      'Failed BackoffLimitExceeded',
    ]);
    expect(load().status).toMatchObject({ failed: 3 });
    expect(cluster.events('Job', 'load').at(-1)).toBe(
      'BackoffLimitExceeded: Job has reached the specified backoff limit',
    );
  });

  it('ends what runs longer than its deadline', async () => {
    cluster.create(job('runs', { activeDeadlineSeconds: 30 }));
    await cluster.settle();
    await cluster.pass(29);
    expect(load().status).toMatchObject({ active: 1, ready: 1 });

    await cluster.pass(1);

    expect(pods()).toEqual([]);
    expect(conditions()).toEqual([
      'FailureTarget DeadlineExceeded',
      'Failed DeadlineExceeded',
    ]);
    expect(load().status).toMatchObject({ failed: 1, terminating: 0 });
  });

  it('fails only when the last pod has ended', async () => {
    cluster.kubelet.holdsPods = true;
    cluster.create(job('runs', { activeDeadlineSeconds: 30 }));
    await cluster.settle();
    await cluster.pass(30);

    expect(conditions()).toEqual(['FailureTarget DeadlineExceeded']);
    expect(load().status).toMatchObject({ terminating: 1 });

    cluster.kubelet.releasePods();
    await cluster.settle();

    expect(conditions()).toContain('Failed DeadlineExceeded');
  });

  it('runs nothing while it is suspended, and starts its time anew', async () => {
    cluster.create(job('runs', { suspend: true }));
    await cluster.settle();
    expect(pods()).toEqual([]);
    expect(conditions()).toEqual(['Suspended JobSuspended']);
    expect(load().status).not.toHaveProperty('startTime');

    await cluster.pass(60);
    cluster.patch(load(), { spec: { suspend: false } });
    await cluster.settle();

    expect(conditions()).toEqual(['Suspended JobResumed']);
    expect(load().status).toMatchObject({
      active: 1,
      startTime: '2026-11-24T10:01:00Z',
    });

    cluster.patch(load(), { spec: { suspend: true } });
    await cluster.settle();

    expect(pods()).toEqual([]);
    expect(load().status).not.toHaveProperty('failed');
    expect(conditions()).toEqual(['Suspended JobSuspended']);
    expect(cluster.events('Job', 'load')).toContain('Resumed: Job resumed');
  });

  it('goes some time after it finished where it asks for it', async () => {
    cluster.create(job('succeeds', { ttlSecondsAfterFinished: 30 }));
    await cluster.settle();
    await cluster.pass(29);
    expect(conditions()).toContain('Complete CompletionsReached');

    await cluster.pass(1);

    expect(cluster.find('batch/v1', 'Job', 'load')).toBeUndefined();
    expect(pods()).toEqual([]);
  });

  it('lets its pods go when it is deleted in the middle', async () => {
    cluster.create(job('runs', { parallelism: 2 }));
    await cluster.settle();
    expect(pods()).toHaveLength(2);

    cluster.delete(load(), { propagationPolicy: 'Background' });
    await cluster.settle();

    expect(pods()).toEqual([]);
  });
});
