import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { promises as fs } from 'node:fs';
import { runAction } from '../__testUtils__/actionRun';
import {
  deliveryOfProd,
  integrationsWith,
} from '../__testUtils__/deliverySettings';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { GitServer } from '../__testUtils__/GitServer';
import { createGitopsRegisterAction } from './gitopsRegister';

const PATH = 'clusters/prod/betting.odds-api.yaml';
const BRANCH = 'deliver-betting.odds-api';

describe('gitops:register', () => {
  const workspace = createMockDirectory();
  let git: GitServer;
  let client: FakeCluster;
  let access: FakeClusterAccess;

  beforeEach(async () => {
    git = await GitServer.start();
    client = new FakeCluster(['betting', 'argocd']);
    access = new FakeClusterAccess(client);
  });
  afterEach(() => git.close());

  const run = (
    delivery: JsonObject | string,
    options: { isDryRun?: boolean; signal?: AbortSignal } & JsonObject = {},
  ) => {
    const { isDryRun, signal, ...input } = options;
    return runAction(
      createGitopsRegisterAction({
        access,
        deliveryOf: deliveryOfProd(delivery),
        integrations: integrationsWith(git.host),
        config: new ConfigReader({
          scaffolder: { defaultAuthor: { name: 'B', email: 'b@example.com' } },
        }),
      }),
      {
        input: {
          cluster: 'prod',
          namespace: 'betting',
          name: 'odds-api',
          repositoryUrl: 'https://git.example.com/sportsbook/odds-api.git',
          ...input,
        },
        workspacePath: workspace.path,
        isDryRun,
        signal,
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
  const written = (branch: string) => git.run(['show', `${branch}:${PATH}`]);

  it('commits the file to the platform repository, and once only', async () => {
    const { outputs } = await run(flux({ by: 'push' }));
    expect(outputs).toMatchObject({
      state: 'registered',
      link: {
        url: `http://${git.host}/platform/fleet/src/branch/main/${PATH}`,
      },
      objects: [{ kind: 'GitRepository' }, { kind: 'Kustomization' }],
    });
    expect(await written('main')).toContain(
      'url: https://git.example.com/sportsbook/odds-api.git',
    );
    expect(await git.run(['log', '-1', '--format=%an %s', 'main'])).toBe(
      'B Deliver betting/odds-api to prod',
    );
    const { lines } = await run(flux({ by: 'push' }));
    expect(await git.run(['rev-list', '--count', 'main'])).toBe('2');
    expect(lines.join('\n')).toContain(`has ${PATH} already`);
    expect(client.writes).toEqual([]);
  });

  it('does not overwrite what another service is delivered by', async () => {
    await run(flux({ by: 'push' }), {
      repositoryUrl: 'https://git.example.com/another/odds-api.git',
    });
    await expect(run(flux({ by: 'push' }))).rejects.toThrow(ConflictError);
    expect(await written('main')).toContain('another/odds-api.git');
  });

  it('keeps both, when two services are registered at once', async () => {
    await Promise.all(
      ['a', 'b'].map(name => run(flux({ by: 'push' }), { name })),
    );
    const files = await git.run(['ls-tree', '-r', '--name-only', 'main']);
    expect(files.split('\n')).toEqual([
      'clusters/prod/betting.a.yaml',
      'clusters/prod/betting.b.yaml',
    ]);
  });

  it('pushes a branch and links to the page that opens a pull request, and leaves main alone', async () => {
    const { outputs } = await run(flux({}));
    expect(outputs).toMatchObject({
      state: 'branchPushed',
      link: {
        url: `http://${git.host}/platform/fleet/compare/main...${BRANCH}`,
      },
    });
    expect(await written(BRANCH)).toContain('kind: Kustomization');
    await expect(written('main')).rejects.toThrow('exist');
    // A task that was interrupted does it again.
    expect((await run(flux({}))).outputs.state).toBe('branchPushed');
    expect(await git.run(['rev-list', '--count', BRANCH])).toBe('2');
  });

  it("leaves the file in the workspace for Backstage's own action, where there is one for the host", async () => {
    const { outputs } = await run(
      flux({ repoUrl: 'github.com?owner=platform&repo=fleet' }),
    );
    expect(outputs).toMatchObject({
      state: 'pullRequestDue',
      pullRequest: {
        host: 'github',
        repoUrl: 'github.com?owner=platform&repo=fleet',
        branchName: BRANCH,
        targetBranchName: 'main',
        title: 'Deliver betting/odds-api to prod',
        sourcePath: 'delivery',
        targetPath: 'clusters/prod',
      },
    });
    expect(
      await fs.readFile(
        workspace.resolve('delivery/betting.odds-api.yaml'),
        'utf8',
      ),
    ).toContain('kind: Kustomization');
  });

  it('says that the branch it is to commit to is missing', async () => {
    await expect(run(flux({ by: 'push', branch: 'trunk' }))).rejects.toThrow(
      /has no branch trunk\. .*repository\.branch/,
    );
  });

  it('writes the one object to the cluster, asking for its kind, where it is registered there', async () => {
    const { outputs } = await run({
      type: 'argocd',
      register: 'cluster',
      project: 'betting',
    });
    expect(outputs).toMatchObject({
      state: 'registered',
      changeSet: [{ action: 'created', ref: { kind: 'Application' } }],
    });
    expect(client.written()).toEqual(['Application argocd/betting.odds-api']);
    expect(access.requests).toMatchObject([
      { cluster: 'prod', namespaces: ['betting'], kinds: [] },
      { namespaces: ['argocd'], kinds: [], registers: true },
      {
        namespaces: ['argocd'],
        kinds: ['argoproj.io/Application'],
        registers: true,
      },
    ]);
  });

  it('registers on the cluster that Argo CD runs on, where that is another one', async () => {
    await run({
      type: 'argocd',
      register: 'cluster',
      project: 'betting',
      controlCluster: 'hub',
      destination: { name: 'prod' },
    });
    expect(access.requests.map(({ cluster }) => cluster)).toEqual([
      'prod',
      'hub',
      'hub',
    ]);
  });

  it('registers nothing for somebody who may not deploy there', async () => {
    access = new FakeClusterAccess(client, () => false);
    await expect(run(flux({ by: 'push' }))).rejects.toThrow(NotAllowedError);
    expect(await git.run(['rev-list', '--count', 'main'])).toBe('1');
  });

  it('refuses a cluster that no controller delivers to, with the next step', async () => {
    await expect(run('apply')).rejects.toThrow(InputError);
    await expect(run('none')).rejects.toThrow(
      /Neither Flux nor Argo CD delivers to cluster 'prod'.*delivery:instructions/,
    );
  });

  it('sees in a plan, before there is a repository, what would speak against it', async () => {
    const plan = { plan: true, repositoryUrl: undefined } as never;
    const { outputs } = await run(flux({ by: 'push' }), plan);
    expect(outputs).toMatchObject({
      state: 'planned',
      objects: [{ kind: 'GitRepository' }, { kind: 'Kustomization' }],
    });
    await expect(
      run(
        flux({ repoUrl: 'dev.azure.com?organization=o&project=p&repo=r' }),
        plan,
      ),
    ).rejects.toThrow('no way to push');
    const onCluster = {
      type: 'argocd',
      register: 'cluster',
      project: 'betting',
    };
    await run(onCluster, plan);
    client.uninstall('argoproj.io');
    await expect(run(onCluster, plan)).rejects.toThrow(/Application/);
    access = new FakeClusterAccess(
      client,
      ({ kinds }) => !kinds.includes('argoproj.io/Application'),
    );
    expect(client.writes).toEqual([]);
    expect(await git.run(['rev-list', '--count', 'main'])).toBe('1');
  });

  it('needs the address of the repository for anything but a plan', async () => {
    await expect(
      run(flux({ by: 'push' }), { repositoryUrl: undefined } as never),
    ).rejects.toThrow('repositoryUrl: is needed unless plan is true');
  });

  it('changes nothing in a dry run, nor when the task is cancelled', async () => {
    const { outputs } = await run(flux({ by: 'push' }), { isDryRun: true });
    expect(outputs.state).toBe('registered');
    await expect(
      run(flux({ by: 'push' }), {
        signal: AbortSignal.abort(new Error('cancelled by hand')),
      } as never),
    ).rejects.toThrow('cancelled by hand');
    expect(await git.run(['rev-list', '--count', 'main'])).toBe('1');
  });
});
