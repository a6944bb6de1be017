import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { mockServices } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { dryRunTemplate } from '../../testing/dryRunTemplate';

const template = parse(
  readFileSync(join(__dirname, '..', 'template.yaml'), 'utf8'),
);

const OUTPUTS = {
  'service:describe': {
    entityRef: 'component:default/odds',
    name: 'odds',
    cluster: 'dev',
    namespace: 'betting',
    repoUrl: 'git.example.com?owner=sportsbook&repo=odds',
    sourceUrl: 'http://git.example.com/sportsbook/odds/src/branch/main/',
  },
  'delivery:describe': { type: 'apply', isGitOps: false },
  'kubernetes:delete': {
    changeSet: [{ action: 'deleted' }],
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'odds',
        namespace: 'betting',
      },
    ],
    summary: '| object | deleted |',
  },
  'image:delete': { summary: '1 image removed.' },
  'catalog:unregister': { summary: 'Taken out.' },
  'repository:archive': { summary: 'Archived.' },
};

const ANSWERS = {
  entityRef: 'component:default/odds',
  confirmedName: 'odds',
  cluster: true,
  image: true,
  catalog: true,
  repository: true,
};

const urlReader = mockServices.urlReader.mock({
  readTree: async () => ({
    etag: '1',
    files: async () => [],
    archive: async () => Readable.from([]),
    dir: async options => options?.targetDir ?? '',
  }),
});

const run = (
  answers: object,
  outputs: Parameters<typeof dryRunTemplate>[0]['outputs'] = {},
) =>
  dryRunTemplate({
    urlReader,
    template,
    answers: { ...ANSWERS, ...answers },
    outputs: { ...OUTPUTS, ...outputs },
  });

/** The steps from the plan on. */
const after = ({ steps }: { steps: { id: string }[] }) =>
  steps
    .map(({ id }) => id)
    .slice(steps.findIndex(({ id }) => id === 'plan') + 1);

describe('the steps', () => {
  it('take cluster objects, images, catalog entry and repository away in this order', async () => {
    const { steps, output } = await run({});
    expect(steps.map(({ id, action }) => `${id} ${action}`)).toEqual([
      'service service:describe',
      'delivery delivery:describe',
      'fetch fetch:plain',
      'plan kubernetes:delete',
      'delete kubernetes:delete',
      'image image:delete',
      'unregister catalog:unregister',
      'archive repository:archive',
    ]);
    expect(steps[0].input).toEqual({
      entityRef: 'component:default/odds',
      confirmedName: 'odds',
    });
    expect(steps[4].input).toEqual({
      cluster: 'dev',
      namespace: 'betting',
      applySet: { name: 'odds-applyset' },
      sources: [{ path: 'service/k8s' }],
    });
    expect(steps[7].input).toEqual({
      repoUrl: 'git.example.com?owner=sportsbook&repo=odds',
    });
    expect(output).toMatchObject({
      changeSet: [{ action: 'deleted' }],
      text: [
        {
          title: 'What has gone',
          content: expect.stringMatching(
            /1 image removed\.\s+Taken out\.\s+Archived\.\s+\| object/,
          ),
        },
      ],
    });
  });

  it('show in a preview what would go, and touch nothing', async () => {
    const { steps, output } = await run({ preview: true });
    expect(steps.map(({ id }) => id)).toEqual([
      'service',
      'delivery',
      'fetch',
      'plan',
    ]);
    expect(steps[3].input).toMatchObject({ plan: true });
    expect(output.text).toMatchObject([{ title: 'What would go' }]);
  });

  it('leave alone what was not asked for', async () => {
    const { steps } = await run({ cluster: false, image: false });
    expect(steps.map(({ id }) => id)).toEqual([
      'service',
      'unregister',
      'archive',
    ]);
  });
});

describe('on a cluster that Flux or Argo CD delivers to, the steps', () => {
  const flux = { 'delivery:describe': { type: 'flux', isGitOps: true } };
  const SERVICE = { cluster: 'dev', namespace: 'betting', name: 'odds' };
  const PULL_REQUEST = {
    repoUrl: 'git.example.com?owner=platform&repo=fleet',
    branchName: 'remove-betting.odds',
    targetBranchName: 'main',
    title: 'Remove betting/odds from dev',
    description: 'Once this is merged',
    sourcePath: 'delivery',
    targetPath: 'clusters/dev',
  };

  it('take it out of the platform repository, wait for what the plan knows, and then take the rest away', async () => {
    const flow = await run(
      {},
      {
        ...flux,
        'gitops:unregister': { state: 'unregistered', awaitsMerge: false },
        'gitops:wait': { state: 'removed', summary: 'Flux has removed it' },
      },
    );
    expect(after(flow)).toEqual([
      'takeAway',
      'gone',
      'image',
      'unregister',
      'archive',
    ]);
    expect(flow.steps[4].input).toEqual({
      ...SERVICE,
      repositoryUrl: OUTPUTS['service:describe'].sourceUrl,
      targetPath: 'delivery',
    });
    expect(flow.steps[5].input).toMatchObject({
      ...SERVICE,
      until: 'removed',
      awaitsMerge: false,
      objects: OUTPUTS['kubernetes:delete'].objects,
    });
    expect(flow.output).toMatchObject({
      text: [
        {
          title: 'What has gone',
          content: expect.stringMatching(/Flux has removed it[^]*Archived/),
        },
      ],
    });
  });

  it.each([
    [
      'github',
      'pullRequestGithub',
      'publish:github:pull-request',
      'remoteUrl',
      { filesToDelete: ['betting.odds.yaml'] },
    ],
    [
      'gitlab',
      'pullRequestGitlab',
      'publish:gitlab:merge-request',
      'mergeRequestUrl',
      { commitAction: 'delete' },
    ],
  ])(
    "open the pull request by Backstage's own action for %s, and leave the rest until it is merged",
    async (host, step, action, output, deletes) => {
      const flow = await run(
        {},
        {
          ...flux,
          'gitops:unregister': {
            state: 'pullRequestDue',
            awaitsMerge: true,
            pullRequest: {
              host,
              ...PULL_REQUEST,
              filesToDelete: ['betting.odds.yaml'],
            },
          },
          [action]: { [output]: 'https://git.example.com/pull/8' },
          'gitops:wait': { state: 'awaitingMerge', summary: 'once merged' },
        },
      );
      expect(after(flow)).toEqual(['takeAway', step, 'gone']);
      expect(flow.steps[5].input).toMatchObject({
        ...PULL_REQUEST,
        ...deletes,
      });
      expect(flow.output).toMatchObject({
        links: expect.arrayContaining([
          {
            title: 'Pull request that removes it',
            url: 'https://git.example.com/pull/8',
          },
        ]),
        text: [
          {
            title: 'What is to be merged',
            content: expect.stringMatching(/once merged[^]*left as they are/),
          },
        ],
      });
    },
  );

  it('show in a preview which file would go, and touch nothing', async () => {
    const flow = await run(
      { preview: true },
      {
        ...flux,
        'gitops:unregister': { state: 'planned', summary: 'file X would go' },
      },
    );
    expect(after(flow)).toEqual(['planTakeAway']);
    expect(flow.steps[4].input).toMatchObject({ plan: true });
    expect(flow.output).toMatchObject({
      text: [{ content: expect.stringContaining('file X would go') }],
    });
  });
});
