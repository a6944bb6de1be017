import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { WaitTimeoutError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { promises as fs } from 'node:fs';
import { runAction } from '../__testUtils__/actionRun';
import {
  deliveryOfProd,
  integrationsWith,
} from '../__testUtils__/deliverySettings';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { GitServer } from '../__testUtils__/GitServer';
import { createGitopsRegisterAction } from './gitopsRegister';
import { createGitopsUnregisterAction } from './gitopsUnregister';
import { examples } from './gitopsUnregister.examples';
import { createGitopsWaitAction } from './gitopsWait';

const PATH = 'clusters/prod/betting.odds-api.yaml';
const BRANCH = 'remove-betting.odds-api';
const REPOSITORY = 'https://gitlab.example.com/sportsbook/odds-api.git';
const ON_CLUSTER = {
  type: 'argocd',
  register: 'cluster',
  project: 'betting',
};
const APPLICATION = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  name: 'betting.odds-api',
  namespace: 'argocd',
};

/** Argo CD, which lets go what is to be deleted as soon as its own objects are gone. */
class ClusterWithArgo extends FakeCluster {
  override async delete(...args: Parameters<FakeCluster['delete']>) {
    const result = await super.delete(...args);
    this.remove(args[0]);
    return result;
  }
}

describe('gitops:unregister', () => {
  const workspace = createMockDirectory();
  let git: GitServer;
  let client: FakeCluster;
  let access: FakeClusterAccess;

  beforeEach(async () => {
    workspace.clear();
    git = await GitServer.start();
    client = new ClusterWithArgo(['betting', 'argocd']);
    access = new FakeClusterAccess(client);
  });

  afterEach(() => git.close());

  const depsOf = (
    delivery: JsonObject | string,
    integrations: ScmIntegrations,
  ) => ({
    access,
    deliveryOf: deliveryOfProd(delivery),
    integrations,
    config: new ConfigReader({
      scaffolder: { defaultAuthor: { name: 'B', email: 'b@example.com' } },
    }),
  });
  const SERVICE = { cluster: 'prod', namespace: 'betting', name: 'odds-api' };
  const register = (
    delivery: JsonObject | string,
    repositoryUrl: string = REPOSITORY,
  ) =>
    runAction(
      createGitopsRegisterAction(depsOf(delivery, integrationsWith(git.host))),
      {
        input: { ...SERVICE, repositoryUrl },
        workspacePath: workspace.path,
      },
    );
  const run = (
    delivery: JsonObject | string,
    options: {
      isDryRun?: boolean;
      signal?: AbortSignal;
      plan?: boolean;
      integrations?: ScmIntegrations;
    } = {},
  ) => {
    const { plan = false, integrations, ...rest } = options;
    return runAction(
      createGitopsUnregisterAction(
        depsOf(delivery, integrations ?? integrationsWith(git.host)),
      ),
      {
        input: {
          ...SERVICE,
          repositoryUrl:
            'https://gitlab.example.com/sportsbook/odds-api/-/tree/main/',
          plan,
        },
        workspacePath: workspace.path,
        ...rest,
      },
    );
  };
  const flux = (repository: JsonObject) => ({
    type: 'flux',
    serviceAccountName: 'deployer',
    repository: {
      repoUrl: `${git.host}?owner=platform&repo=fleet`,
      directory: 'clusters/prod',
      ...repository,
    },
  });
  const filesOn = async (branch: string) =>
    (await git.run(['ls-tree', '-r', '--name-only', branch]))
      .split('\n')
      .filter(name => name !== '');
  const commits = () => git.run(['rev-list', '--count', 'main']);

  it('commits the removal of what gitops:register has committed, of nothing else, and once only', async () => {
    const delivery = flux({ by: 'push' });
    await runAction(
      createGitopsRegisterAction(depsOf(delivery, integrationsWith(git.host))),
      {
        input: { ...SERVICE, name: 'bets-api', repositoryUrl: REPOSITORY },
        workspacePath: workspace.path,
      },
    );
    await register(delivery);
    const { outputs } = await run(delivery);
    expect(outputs).toMatchObject({
      state: 'unregistered',
      awaitsMerge: false,
      summary: expect.stringContaining(`Took ${PATH} out of main of `),
      objects: [{ kind: 'GitRepository' }, { kind: 'Kustomization' }],
    });
    expect(await filesOn('main')).toEqual([
      'clusters/prod/betting.bets-api.yaml',
    ]);
    expect(await git.run(['log', '-1', '--format=%an %s', 'main'])).toBe(
      'B Remove betting/odds-api from prod',
    );
    const again = await run(delivery);
    expect(again.outputs).toMatchObject({
      state: 'absent',
      awaitsMerge: false,
      summary: expect.stringContaining('nothing to take out'),
    });
    expect(await commits()).toBe('4');
    expect(client.writes).toEqual([]);
  });

  it('pushes a branch and links to the page that opens a pull request, and leaves main alone', async () => {
    await register(flux({ by: 'push' }));
    const { outputs } = await run(flux({}));
    expect(outputs).toMatchObject({
      state: 'branchPushed',
      awaitsMerge: true,
      link: {
        title: 'Open the pull request',
        url: `http://${git.host}/platform/fleet/compare/main...${BRANCH}`,
      },
    });
    expect(await filesOn('main')).toEqual([PATH]);
    expect(await filesOn(BRANCH)).toEqual([]);
    // A task that was interrupted does it again.
    const { outputs: again } = await run(flux({}));
    expect(again.state).toBe('branchPushed');
    expect(await git.run(['rev-list', '--count', BRANCH])).toBe('3');
  });

  it('does not take a branch of the same name for its own', async () => {
    await register(flux({ by: 'push' }));
    await git.run(['branch', BRANCH, 'main']);
    await expect(run(flux({}))).rejects.toThrow(
      /has a branch remove-betting\.odds-api that still holds .*Delete the branch/,
    );
  });

  it('asks for a merge request that deletes the file, where Backstage has an action for the host', async () => {
    await register(flux({ by: 'push' }));
    const { outputs } = await run(flux({}), {
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            gitlab: ['gitlab.example.com', git.host].map(host => ({
              host,
              token: 'of-gitlab',
              apiBaseUrl: `http://${host}/api/v4`,
              baseUrl: `http://${host}`,
            })),
          },
        }),
      ),
    });
    expect(outputs).toMatchObject({
      state: 'pullRequestDue',
      awaitsMerge: true,
      pullRequest: {
        host: 'gitlab',
        branchName: BRANCH,
        targetBranchName: 'main',
        title: 'Remove betting/odds-api from prod',
        sourcePath: 'delivery',
        targetPath: 'clusters/prod',
        filesToDelete: ['betting.odds-api.yaml'],
      },
    });
    expect(await fs.readdir(workspace.resolve('delivery'))).toEqual([
      'betting.odds-api.yaml',
    ]);
    expect(await commits()).toBe('2');
  });

  it('leaves a file alone that delivers another repository, holds other objects, or cannot be read', async () => {
    const delivery = flux({ by: 'push' });
    await register(delivery, 'https://gitlab.example.com/another/odds-api.git');
    for (const plan of [true, false]) {
      const refused = run(delivery, { plan });
      await expect(refused).rejects.toThrow(ConflictError);
      await expect(refused).rejects.toThrow(
        /betting\.odds-api\.yaml on main of .* is not the registration of this service: it delivers .*another\/odds-api\.git/,
      );
    }
    expect(await filesOn('main')).toEqual([PATH]);
    await git.commit({
      [PATH]: 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n',
    });
    await expect(run(delivery)).rejects.toThrow('it holds Secret s');
    await git.commit({ [PATH]: 'kind: [\n' });
    await expect(run(delivery)).rejects.toThrow(/is not the registration/);
    expect(await filesOn('main')).toEqual([PATH]);
  });

  it('does not take away what would leave the service running unowned', async () => {
    const delivery = flux({ by: 'push' });
    await register(delivery);
    const text = await git.run(['show', `main:${PATH}`]);
    await git.commit({ [PATH]: text.replace('prune: true', 'prune: false') });
    await expect(run(delivery)).rejects.toThrow(
      /would leave the service on the cluster: its Kustomization has no prune: true/,
    );
    expect(await filesOn('main')).toEqual([PATH]);
  });

  it('says that the branch that is followed is missing', async () => {
    await expect(run(flux({ by: 'push', branch: 'trunk' }))).rejects.toThrow(
      /has no branch trunk\. .*repository\.branch/,
    );
  });

  it('says in a plan what would go, and changes nothing', async () => {
    const delivery = flux({ by: 'push' });
    expect((await run(delivery, { plan: true })).outputs.state).toBe('absent');
    await register(delivery);
    const { outputs } = await run(delivery, { plan: true });
    expect(outputs).toMatchObject({
      state: 'planned',
      awaitsMerge: false,
      summary: expect.stringContaining(`${PATH} would be taken out of main`),
    });
    await register(ON_CLUSTER);
    const { outputs: onCluster } = await run(ON_CLUSTER, { plan: true });
    expect(onCluster).toMatchObject({
      state: 'planned',
      summary: expect.stringContaining('1 deleted'),
    });
    expect(await client.get(APPLICATION)).toBeDefined();
    expect(await filesOn('main')).toEqual([PATH]);
  });

  it('deletes the one object from the cluster, asking for its kind, where it was registered there', async () => {
    await register(ON_CLUSTER);
    access.requests.length = 0;
    expect((await run(ON_CLUSTER)).outputs).toMatchObject({
      state: 'unregistered',
      awaitsMerge: false,
    });
    expect(await client.get(APPLICATION)).toBeUndefined();
    expect(access.requests).toMatchObject([
      { cluster: 'prod', namespaces: ['betting'], kinds: [] },
      { namespaces: ['argocd'], kinds: [], registers: true },
      {
        namespaces: ['argocd'],
        kinds: ['argoproj.io/Application'],
        registers: true,
      },
    ]);
    const { outputs } = await run(ON_CLUSTER);
    expect(outputs.state).toBe('absent');
  });

  it('leaves an object alone that somebody else has made', async () => {
    client.seed({
      apiVersion: APPLICATION.apiVersion,
      kind: APPLICATION.kind,
      metadata: {
        name: APPLICATION.name,
        namespace: 'argocd',
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: {
        source: { repoURL: REPOSITORY },
        destination: { namespace: 'betting' },
      },
    });
    await expect(run(ON_CLUSTER)).rejects.toThrow(/not applied by/);
    client.update(APPLICATION, live => {
      live.spec = {
        source: { repoURL: 'https://gitlab.example.com/another/odds.git' },
        destination: { namespace: 'betting' },
      };
    });
    await expect(run(ON_CLUSTER)).rejects.toThrow(/it delivers .*another/);
    expect(client.writes).toEqual([]);
  });

  it('takes nothing away for somebody who may not deploy there', async () => {
    await register(flux({ by: 'push' }));
    access = new FakeClusterAccess(client, () => false);
    await expect(run(flux({ by: 'push' }))).rejects.toThrow(NotAllowedError);
    expect(await filesOn('main')).toEqual([PATH]);
  });

  it('refuses a cluster that no controller delivers to, with the next step', async () => {
    await expect(run('apply')).rejects.toThrow(InputError);
    await expect(run('none')).rejects.toThrow(
      /Neither Flux nor Argo CD delivers to cluster 'prod'/,
    );
  });

  it('changes nothing in a dry run, nor when the task is cancelled', async () => {
    await register(flux({ by: 'push' }));
    const { outputs } = await run(flux({ by: 'push' }), { isDryRun: true });
    expect(outputs.state).toBe('absent');
    await expect(
      run(flux({ by: 'push' }), {
        signal: AbortSignal.abort(new Error('cancelled by hand')),
      }),
    ).rejects.toThrow('cancelled by hand');
    expect(await filesOn('main')).toEqual([PATH]);
  });

  describe('gitops:wait until it is removed', () => {
    const DEPLOYMENT = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'odds-api',
      namespace: 'betting',
    };
    const wait = (delivery: JsonObject, input: JsonObject = {}) =>
      runAction(
        createGitopsWaitAction({
          access,
          deliveryOf: deliveryOfProd(delivery),
        }),
        {
          input: {
            ...SERVICE,
            until: 'removed',
            objects: [DEPLOYMENT],
            timeoutSeconds: 1,
            ...input,
          },
          workspacePath: workspace.path,
        },
      );

    it('ends well while the pull request has not been merged, and fails where nobody has to merge', async () => {
      await register(ON_CLUSTER);
      const { outputs } = await wait(ON_CLUSTER, { awaitsMerge: true });
      expect(outputs).toMatchObject({
        state: 'awaitingMerge',
        summary: expect.stringContaining('run this again afterwards'),
      });
      const waited = wait(ON_CLUSTER);
      await expect(waited).rejects.toThrow(WaitTimeoutError);
      await expect(waited).rejects.toThrow(
        /Application argocd\/betting\.odds-api .*nobody has asked for its deletion/,
      );
    });

    it("names which of the service's objects stay", async () => {
      const { apiVersion, kind, ...metadata } = DEPLOYMENT;
      client.seed({ apiVersion, kind, metadata });
      await expect(wait(ON_CLUSTER)).rejects.toThrow(
        /Deployment betting\/odds-api .*is still there/,
      );
      client.remove(DEPLOYMENT);
      const { outputs } = await wait(flux({}), { awaitsMerge: true });
      expect(outputs).toEqual({
        state: 'removed',
        summary: "Flux has removed betting/odds-api from cluster 'prod'",
      });
    });
  });

  it('does what its example says', async () => {
    const [takeAway, gone] = exampleSteps(examples[0]);
    const integrations = integrationsWith('git.example.com');
    await register(
      ON_CLUSTER,
      'https://git.example.com/sportsbook/odds-api.git',
    );
    const { outputs: removed } = await runAction(
      createGitopsUnregisterAction(depsOf(ON_CLUSTER, integrations)),
      { input: takeAway.input, workspacePath: workspace.path },
    );
    expect(removed.state).toBe('unregistered');
    const { outputs } = await runAction(
      createGitopsWaitAction({
        access,
        deliveryOf: deliveryOfProd(ON_CLUSTER),
      }),
      { input: gone.input, workspacePath: workspace.path },
    );
    expect(outputs.state).toBe('removed');
  });
});
