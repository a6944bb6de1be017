import { JsonObject } from '@backstage/types';
import { OUTPUTS, runTemplate } from './runTemplate';

const ANSWERS = {
  name: 'odds',
  owner: 'group:default/trading',
  cluster: 'prod',
  namespace: 'betting',
  preview: false,
};

const GITEA = {
  gitHost: 'gitea',
  gitHostName: 'git.example.com',
  gitHostUrl: 'http://git.example.com',
  gitOwner: 'sportsbook',
};

const PULL_REQUEST = {
  repoUrl: 'github.com?owner=platform&repo=fleet',
  branchName: 'deliver-betting.odds',
  targetBranchName: 'main',
  title: 'Deliver betting/odds to prod',
  description: 'It is published.',
  sourcePath: 'delivery',
  targetPath: 'clusters/prod',
};

const run = (outputs: Record<string, JsonObject>) =>
  runTemplate({ answers: ANSWERS, environment: GITEA, outputs });

const inputOf = (
  { steps }: { steps: { id: string; input: unknown }[] },
  id: string,
) => steps.find(step => step.id === id)?.input;

/** What follows the publishing. */
const after = ({ steps }: { steps: { id: string }[] }) =>
  steps
    .map(({ id }) => id)
    .slice(steps.findIndex(({ id }) => id === 'publishGitea') + 1);

describe('on a cluster that Flux or Argo CD delivers to, the steps', () => {
  const flux = { type: 'flux', isGitOps: true };

  it('hand the repository over, wait for the published commit, and verify what the plan knows', async () => {
    const flow = await run({
      'delivery:describe': flux,
      'gitops:register': {
        state: 'registered',
        link: { title: 'In the platform repository', url: 'http://git/f.yaml' },
      },
      'gitops:wait': { state: 'delivered', summary: 'Flux has delivered it' },
    });
    expect(after(flow)).toEqual([
      'handOver',
      'delivered',
      'wait',
      'verify',
      'register',
    ]);
    expect(inputOf(flow, 'planDelivery')).toMatchObject({ plan: true });
    expect(inputOf(flow, 'handOver')).toMatchObject({
      cluster: 'prod',
      namespace: 'betting',
      name: 'odds',
      repositoryUrl: 'http://git.example.com/sportsbook/odds.git',
    });
    expect(inputOf(flow, 'delivered')).toMatchObject({ commit: 'c0ffee' });
    expect(inputOf(flow, 'wait')).toMatchObject({
      objects: OUTPUTS['kubernetes:apply'].objects,
    });
    expect(flow.output).toMatchObject({
      links: expect.arrayContaining([
        { title: 'In the platform repository', url: 'http://git/f.yaml' },
      ]),
      text: [{ title: 'Delivery', content: 'Flux has delivered it' }],
    });
  });

  it('end with the branch to open a pull request from, where the host has no action for it', async () => {
    const flow = await run({
      'delivery:describe': flux,
      'gitops:register': {
        state: 'branchPushed',
        link: { title: 'Open the pull request', url: 'http://git/compare' },
      },
      'gitops:wait': { state: 'awaitingMerge', summary: 'once it is merged' },
    });
    expect(after(flow)).toEqual(['handOver', 'delivered', 'register']);
    expect(flow.output).toMatchObject({
      links: expect.arrayContaining([
        { title: 'Open the pull request', url: 'http://git/compare' },
      ]),
      text: [{ title: 'Delivery', content: 'once it is merged' }],
    });
  });

  it.each([
    ['github', 'pullRequestGithub', 'publish:github:pull-request', 'remoteUrl'],
    [
      'gitlab',
      'pullRequestGitlab',
      'publish:gitlab:merge-request',
      'mergeRequestUrl',
    ],
  ])(
    "open the pull request by Backstage's own action for %s",
    async (host, step, action, output) => {
      const flow = await run({
        'delivery:describe': { type: 'argocd', isGitOps: true },
        'gitops:register': {
          state: 'pullRequestDue',
          pullRequest: { host, ...PULL_REQUEST },
        },
        [action]: { [output]: 'https://git.example.com/pull/7' },
        'gitops:wait': { state: 'awaitingMerge', summary: 'once it is merged' },
      });
      expect(after(flow)).toEqual(['handOver', step, 'delivered', 'register']);
      expect(inputOf(flow, step)).toMatchObject(PULL_REQUEST);
      expect(flow.output).toMatchObject({
        links: expect.arrayContaining([
          {
            title: 'Pull request that delivers it',
            url: 'https://git.example.com/pull/7',
          },
        ]),
      });
    },
  );
});

it('on a cluster that nobody delivers to, the steps hand over the repository and say what to run', async () => {
  const flow = await run({
    'delivery:describe': { type: 'none', isGitOps: false },
    'delivery:instructions': { summary: 'kubectl apply …' },
  });
  expect(after(flow)).toEqual(['instructions', 'register']);
  expect(inputOf(flow, 'instructions')).toEqual({
    cluster: 'prod',
    namespace: 'betting',
    repositoryUrl: 'http://git.example.com/sportsbook/odds.git',
    sourcePath: 'service',
  });
  expect(flow.output).toMatchObject({
    text: [{ title: 'What to run now', content: 'kubectl apply …' }],
  });
});
