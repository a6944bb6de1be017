import { InputError, NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  WaitCancelledError,
  WaitFailedError,
  WaitTimeoutError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesWaitAction } from './kubernetesWait';

const ref = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'odds',
  namespace: 'betting',
};

describe('kubernetes:wait', () => {
  let client: FakeCluster;
  let access: FakeClusterAccess;
  const run = (
    input: JsonObject = {},
    options: { isDryRun?: boolean; signal?: AbortSignal } = {},
  ) =>
    runAction(createKubernetesWaitAction({ access }), {
      input: { cluster: 'dev', objects: [ref], ...input },
      workspacePath: '/',
      ...options,
    });

  beforeEach(() => {
    client = new FakeCluster(['betting']);
    access = new FakeClusterAccess(client);
  });

  it('hands on what each object has become, with a line per change', async () => {
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
    });
    const { outputs, lines } = await run();
    expect(outputs.statuses).toEqual([
      { ref, status: 'current', message: 'exists' },
    ]);
    expect(lines).toEqual([
      "info: Waiting at most 300 s for 1 objects on cluster 'dev'",
      'info: ConfigMap betting/odds Current: exists',
    ]);
  });

  it('fails the step at the timeout', async () => {
    const waiting = run({ timeoutSeconds: 1 });
    await expect(waiting).rejects.toThrow(WaitTimeoutError);
    await expect(waiting).rejects.toThrow(
      'timeout after 1 s waiting for: ConfigMap betting/odds Absent',
    );
  });

  it('returns at once in a dry run, and opens no cluster', async () => {
    const { outputs } = await run({}, { isDryRun: true });
    expect(outputs.statuses).toEqual([
      { ref, status: 'current', message: 'dry run' },
    ]);
    expect(access.requests).toEqual([]);
  });

  it('asks for the namespaces of the objects', async () => {
    access = new FakeClusterAccess(client, () => false);
    await expect(
      run({ objects: [ref, { ...ref, namespace: 'other' }] }),
    ).rejects.toThrow(NotAllowedError);
    expect(access.requests).toEqual([
      {
        cluster: 'dev',
        namespaces: ['betting', 'other'],
        kinds: [],
        clusterScopedKinds: [],
      },
    ]);
  });

  it('refuses a namespaced object without a namespace, before it looks into all of them', async () => {
    const { namespace, ...homeless } = ref;
    const waiting = run({ objects: [homeless] });
    await expect(waiting).rejects.toThrow(InputError);
    await expect(waiting).rejects.toThrow(
      'ConfigMap odds names no namespace, and objects of the kind live in one',
    );
  });

  it('asks for the cluster-scoped kinds that it looks at', async () => {
    access = new FakeClusterAccess(
      client,
      ({ clusterScopedKinds }) => clusterScopedKinds.length === 0,
    );
    const objects = [
      ref,
      { apiVersion: 'v1', kind: 'Node', name: 'n', namespace: 'betting' },
    ];
    await expect(run({ objects })).rejects.toThrow(NotAllowedError);
    expect(access.requests[1]).toMatchObject({
      kinds: [],
      clusterScopedKinds: ['/Node'],
    });
    access = new FakeClusterAccess(client);
    client.seed({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'x' },
      status: { phase: 'Active' },
    });
    const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'x' };
    const { outputs } = await run({ objects: [namespace] });
    expect(outputs.statuses).toMatchObject([{ ref: namespace }]);
  });

  it('fails the step as soon as one object has failed, on request', async () => {
    const pod = { ...ref, kind: 'Pod' };
    client.seed({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'odds', namespace: 'betting' },
      status: { phase: 'Failed', reason: 'Evicted' },
    });
    await expect(run({ objects: [ref, pod], failFast: true })).rejects.toThrow(
      WaitFailedError,
    );
  });

  it('stops when the task is cancelled, and says what was not there', async () => {
    const controller = new AbortController();
    const watch = client.watch.bind(client);
    client.watch = (kind, options) => {
      controller.abort(new Error('cancelled by hand'));
      return watch(kind, options);
    };
    const waiting = run({}, { signal: controller.signal });
    await expect(waiting).rejects.toThrow(WaitCancelledError);
    await expect(waiting).rejects.toThrow(
      /cancelled by hand.*ConfigMap betting\/odds Absent/,
    );
  });

  it('refuses a timeout that is none', async () => {
    await expect(run({ timeoutSeconds: 0 })).rejects.toThrow(InputError);
  });
});
