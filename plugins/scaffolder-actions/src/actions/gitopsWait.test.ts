import { createMockDirectory } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { WaitTimeoutError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { deliveryOfProd } from '../__testUtils__/deliverySettings';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createGitopsWaitAction } from './gitopsWait';

const COMMIT = 'c'.repeat(40);
const FLUX = {
  type: 'flux',
  register: 'cluster',
  serviceAccountName: 'deployer',
};
const PROPOSED = {
  type: 'flux',
  serviceAccountName: 'deployer',
  repository: {
    repoUrl: 'github.com?owner=platform&repo=fleet',
    directory: 'clusters/prod',
  },
};

describe('gitops:wait', () => {
  const workspace = createMockDirectory();
  let client: FakeCluster;
  let access: FakeClusterAccess;

  beforeEach(() => {
    client = new FakeCluster(['betting', 'argocd']);
    access = new FakeClusterAccess(client);
  });

  const seedFlux = (commit: string) => {
    const metadata = { name: 'odds-api', namespace: 'betting' };
    const conditions = [{ type: 'Ready', status: 'True' }];
    client.seed({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {},
      status: { conditions, artifact: { revision: `main@sha1:${commit}` } },
    });
    client.seed({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {},
      status: { conditions, lastAppliedRevision: `main@sha1:${commit}` },
    });
  };

  const run = (
    delivery: JsonObject | string,
    input: JsonObject = {},
    options: { isDryRun?: boolean; signal?: AbortSignal } = {},
  ) =>
    runAction(
      createGitopsWaitAction({ access, deliveryOf: deliveryOfProd(delivery) }),
      {
        input: {
          cluster: 'prod',
          namespace: 'betting',
          name: 'odds-api',
          commit: COMMIT,
          timeoutSeconds: 2,
          ...input,
        },
        workspacePath: workspace.path,
        ...options,
      },
    );

  it('says that it is delivered once the commit is applied and healthy, and wrote nothing', async () => {
    seedFlux(COMMIT);
    const { outputs } = await run(FLUX);
    expect(outputs).toEqual({
      state: 'delivered',
      summary: `Flux has delivered betting/odds-api to cluster 'prod': Ready at main@sha1:${COMMIT}`,
    });
    expect(client.writes).toEqual([]);
    expect(access.requests).toEqual([
      {
        cluster: 'prod',
        namespaces: ['betting'],
        kinds: [],
        clusterScopedKinds: [],
      },
    ]);
  });

  it('does not take an older commit for it', async () => {
    seedFlux('0'.repeat(40));
    await expect(run(FLUX)).rejects.toThrow(WaitTimeoutError);
  });

  it('fails where what should be registered is not there', async () => {
    await expect(run(FLUX)).rejects.toThrow(/there is no such object/);
  });

  it('ends well while the pull request has not been merged, and says so', async () => {
    const { outputs } = await run(PROPOSED);
    expect(outputs).toEqual({
      state: 'awaitingMerge',
      summary:
        "Flux delivers betting/odds-api to cluster 'prod' once the pull request is merged; its page shows when it runs",
    });
  });

  it('waits for the merge as long as is configured', async () => {
    setTimeout(() => seedFlux(COMMIT), 100);
    const { outputs } = await run({
      ...PROPOSED,
      repository: { ...PROPOSED.repository, waitForMergeSeconds: 10 },
    });
    expect(outputs.state).toBe('delivered');
  });

  it('reads the Application where Argo CD runs, asking for that cluster too', async () => {
    client.seed({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'betting.odds-api', namespace: 'argocd' },
      spec: {},
      status: {
        sync: { status: 'Synced', revision: COMMIT },
        health: { status: 'Healthy' },
      },
    });
    const { outputs } = await run({
      type: 'argocd',
      register: 'cluster',
      project: 'betting',
      controlCluster: 'hub',
    });
    expect(outputs.state).toBe('delivered');
    expect(access.requests).toMatchObject([
      { cluster: 'prod', namespaces: ['betting'] },
      { cluster: 'hub', namespaces: ['argocd'] },
    ]);
  });

  it('shows nothing to somebody who may not see the namespace', async () => {
    seedFlux(COMMIT);
    access = new FakeClusterAccess(client, () => false);
    await expect(run(FLUX)).rejects.toThrow(NotAllowedError);
  });

  it('stops when the task is cancelled, and waits for nothing in a dry run', async () => {
    const signal = AbortSignal.abort(new Error('cancelled by hand'));
    await expect(run(FLUX, {}, { signal })).rejects.toThrow(
      'cancelled by hand',
    );
    const { outputs } = await run(FLUX, {}, { isDryRun: true });
    expect(outputs.state).toBe('delivered');
  });

  it('refuses an abbreviated commit', async () => {
    await expect(run(FLUX, { commit: 'c0ffee' })).rejects.toThrow(
      'must be a whole commit hash',
    );
  });
});
