import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createPublishGiteaAction } from '@backstage/plugin-scaffolder-backend-module-gitea';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { git } from './__testUtils__/git';
import {
  TestGitHost,
  credentials,
  startGitHost,
} from './__testUtils__/startGitHost';

// Each step runs git or a whole backend; a busy machine takes its time.
jest.setTimeout(60_000);

// Backstage's own publisher and reader, as the template and the catalog use
// them, against the real server.
describe('Backstage with the git host as its Gitea', () => {
  let host: TestGitHost;

  beforeEach(async () => {
    host = await startGitHost();
  });

  afterEach(() => host.close());

  const configuration = () =>
    mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            {
              host: new URL(host.url).host,
              baseUrl: host.url,
              ...credentials,
            },
          ],
        },
      },
    });

  const reader = () =>
    UrlReaders.default({
      config: configuration(),
      logger: mockServices.logger.mock(),
    });

  const publish = async (workspacePath: string) => {
    const config = configuration();
    const action = createPublishGiteaAction({
      config,
      integrations: ScmIntegrations.fromConfig(config),
    });
    const output = jest.fn();
    await action.handler({
      ...createMockActionContext<Parameters<typeof action.handler>[0]['input']>(
        {
          input: {
            repoUrl: `${new URL(host.url).host}?owner=sportsbook&repo=odds-api`,
            description: 'Odds',
            defaultBranch: 'main',
          },
          workspacePath,
        },
      ),
      output,
    });
    return Object.fromEntries(output.mock.calls) as {
      remoteUrl: string;
      repoContentsUrl: string;
      commitHash: string;
    };
  };

  const workspace = async () => {
    const directory = join(host.scratch, 'workspace');
    await mkdir(join(directory, 'k8s'), { recursive: true });
    await writeFile(join(directory, 'catalog-info.yaml'), 'kind: Component\n');
    await writeFile(join(directory, 'k8s/a.yaml'), 'a: 1\n');
    return directory;
  };

  it('publishes a workspace that can be cloned', async () => {
    const { remoteUrl, repoContentsUrl, commitHash } = await publish(
      await workspace(),
    );

    expect(remoteUrl).toBe(`${host.url}/sportsbook/odds-api.git`);
    expect(repoContentsUrl).toBe(
      `${host.url}/sportsbook/odds-api/src/branch/main/`,
    );
    expect((await fetch(repoContentsUrl)).status).toBe(200);
    const clone = join(host.scratch, 'clone');
    await git(host.scratch, 'clone', '--quiet', remoteUrl, clone);
    expect(await git(clone, 'rev-parse', 'HEAD')).toBe(commitHash);
    expect(await git(clone, 'ls-files')).toBe('catalog-info.yaml\nk8s/a.yaml');
  });

  it('refuses to publish over a repository that has content', async () => {
    await publish(await workspace());

    await expect(publish(await workspace())).rejects.toThrow(
      /409 Conflict, .*sportsbook\/odds-api already exists/,
    );
  });

  it('reads the catalog file that a publication points at', async () => {
    const { repoContentsUrl } = await publish(await workspace());

    const file = await reader().readUrl(`${repoContentsUrl}catalog-info.yaml`);

    expect((await file.buffer()).toString()).toBe('kind: Component\n');
    expect(file.etag).toMatch(/^"[0-9a-f]{40}"$/);
    expect(file.lastModifiedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('finds the catalog file as the catalog looks for it, and nothing elsewhere', async () => {
    const { repoContentsUrl } = await publish(await workspace());

    const found = await reader().search(`${repoContentsUrl}catalog-info.yaml`);
    const missing = await reader().search(`${repoContentsUrl}other.yaml`);

    expect(found.files).toHaveLength(1);
    expect((await found.files[0].content()).toString()).toBe(
      'kind: Component\n',
    );
    expect(missing.files).toEqual([]);
  });

  it('reads a folder at a commit, and notices that nothing changed', async () => {
    const { repoContentsUrl, commitHash } = await publish(await workspace());

    const tree = await reader().readTree(`${repoContentsUrl}k8s`);
    const files = await tree.files();

    expect(tree.etag).toBe(commitHash);
    expect(files.map(({ path }) => path)).toEqual(['a.yaml']);
    expect((await files[0].content()).toString()).toBe('a: 1\n');
    await expect(
      reader().readTree(`${repoContentsUrl}k8s`, { etag: tree.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });

    const pinned = await reader().readTree(
      `${host.url}/sportsbook/odds-api/src/commit/${commitHash}`,
    );
    expect(await pinned.files()).toHaveLength(2);
  });

  it('says "not found" for a repository that does not exist', async () => {
    await expect(
      reader().readUrl(`${host.url}/sportsbook/none/src/branch/main/a.yaml`),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
