import { JsonObject } from '@backstage/types';
import { OUTPUTS, runTemplate } from './runTemplate';

const ANSWERS = {
  name: 'odds',
  owner: 'group:default/trading',
  cluster: 'dev',
  namespace: 'betting',
};

const GITEA = {
  gitHost: 'gitea',
  gitHostName: 'git.example.com',
  gitHostUrl: 'http://git.example.com',
  gitOwner: 'sportsbook',
};

/** Inputs of the step with this id. */
const inputOf = (
  run: { steps: { id: string; input: unknown }[] },
  id: string,
): unknown => run.steps.find(step => step.id === id)?.input;

describe('the steps', () => {
  it('publish, apply, wait, verify and register in this order', async () => {
    const run = await runTemplate({
      answers: { ...ANSWERS, preview: false },
      environment: GITEA,
    });
    expect(run.steps.map(({ id, action }) => `${id} ${action}`)).toEqual([
      'render fetch:handlebars',
      'checkRepository git:check',
      'delivery delivery:describe',
      'plan kubernetes:apply',
      'image publish:image',
      'renderImage fetch:handlebars',
      'publishGitea publish:gitea',
      'apply kubernetes:apply',
      'wait kubernetes:wait',
      'verify scaling:verify',
      'register catalog:register',
    ]);
    expect(inputOf(run, 'plan')).toMatchObject({
      plan: true,
      applySet: { name: 'odds-applyset' },
    });
    expect(inputOf(run, 'apply')).toEqual({
      cluster: 'dev',
      namespace: 'betting',
      createNamespace: true,
      applySet: {
        name: 'odds-applyset',
        entityRef: 'component:default/odds',
      },
      sources: [{ path: 'service/k8s' }],
    });
    expect(inputOf(run, 'wait')).toMatchObject({
      objects: OUTPUTS['kubernetes:apply'].objects,
    });
    expect(inputOf(run, 'verify')).toMatchObject({ scaledObject: 'odds' });
    expect(inputOf(run, 'register')).toEqual({
      catalogInfoUrl:
        'http://git.example.com/sportsbook/odds/src/branch/main/catalog-info.yaml',
    });
    expect(run.output).toMatchObject({
      repositoryUrl: 'http://git.example.com/sportsbook/odds.git',
      serviceUrl: 'http://10.0.0.1:30901',
      imageDigest: 'sha256:1111',
      changeSet: OUTPUTS['kubernetes:apply'].changeSet,
      text: [
        {
          title: 'What has changed',
          content: '9 created\n\n| object | action |\n',
        },
      ],
    });
  });

  it('leave the published image in the manifests that are published and applied', async () => {
    const run = await runTemplate({ answers: ANSWERS, environment: GITEA });
    expect(run.file('service/k8s/deployment.yaml')).toContain(
      'image: "registry.example.com/sportsbook/odds@sha256:1111"',
    );
    expect(run.file('service/catalog-info.yaml')).toContain(
      'url: "http://git.example.com/sportsbook/odds"',
    );
  });

  it('end after the plan in a preview, and say what would change', async () => {
    const run = await runTemplate({
      answers: { ...ANSWERS, preview: true },
      environment: GITEA,
    });
    expect(run.steps.map(({ id }) => id)).toEqual([
      'render',
      'checkRepository',
      'delivery',
      'plan',
    ]);
    expect(run.output).toEqual({
      changeSet: OUTPUTS['kubernetes:apply'].changeSet,
      links: [],
      text: [
        {
          title: 'What would change',
          content: expect.stringContaining('| object | action |'),
        },
      ],
    });
  });

  it('publish to the host that the configuration names, though others are not installed', async () => {
    const run = await runTemplate({
      answers: ANSWERS,
      environment: {
        gitHost: 'github',
        gitHostName: 'github.com',
        gitOwner: 'sportsbook',
      },
    });
    expect(inputOf(run, 'publishGithub')).toMatchObject({
      repoUrl: 'github.com?owner=sportsbook&repo=odds',
    });
    expect(inputOf(run, 'publishGitea')).toBeUndefined();
    expect(inputOf(run, 'register')).toEqual({
      catalogInfoUrl:
        'https://github.com/sportsbook/odds/blob/main/catalog-info.yaml',
    });
  });

  it.each([
    [
      'bitbucketCloud',
      'bitbucket.org?workspace=sportsbook&project=ODDS&repo=odds',
    ],
    ['bitbucketServer', 'bitbucket.org?project=sportsbook&repo=odds'],
    ['gitlab', 'bitbucket.org?owner=sportsbook&repo=odds'],
  ])('publish to %s by the address that it needs', async (gitHost, repoUrl) => {
    const run = await runTemplate({
      answers: ANSWERS,
      environment: {
        gitHost,
        gitHostName: 'bitbucket.org',
        gitOwner: 'sportsbook',
        gitProject: 'ODDS',
      },
      outputs: {
        [`publish:${gitHost}`]: {
          remoteUrl: 'https://host/odds.git',
          repoContentsUrl: 'https://host/odds/browse',
        },
      },
    });
    expect(inputOf(run, 'checkRepository')).toEqual({
      type: gitHost,
      host: 'bitbucket.org',
      owner: 'sportsbook',
      name: 'odds',
    });
    expect(
      run.steps
        .filter(({ id }) => id.startsWith('publish'))
        .map(({ action, input }) => ({ action, input })),
    ).toEqual([
      {
        action: `publish:${gitHost}`,
        input: expect.objectContaining({ repoUrl }),
      },
    ]);
    expect(inputOf(run, 'register')).toEqual({
      catalogInfoUrl: 'https://host/odds/browse/catalog-info.yaml',
    });
    expect(run.output.repositoryUrl).toBe('https://host/odds.git');
  });

  it.each<[string, JsonObject, string]>([
    [
      'a node port',
      { serviceType: 'ClusterIP', nodePort: 30901 },
      'http://prometheus-odds.betting.svc:9090',
    ],
    [
      'the address of a Prometheus',
      { monitoring: 'own', prometheusAddress: 'http://p.monitoring.svc:9090' },
      'http://prometheus-odds.betting.svc:9090',
    ],
    [
      'the node port of a Prometheus',
      {
        monitoring: 'existing',
        prometheusNodePort: 30900,
        prometheusAddress: 'http://p.monitoring.svc:9090',
      },
      'http://p.monitoring.svc:9090',
    ],
  ])(
    'leave out %s that was typed before another choice hid it',
    async (_, answers, serverAddress) => {
      const run = await runTemplate({
        answers: { ...ANSWERS, ...answers, preview: true },
        environment: GITEA,
      });
      expect(run.file('service/k8s/service.yaml')).not.toContain('nodePort');
      expect(
        run.file('service/k8s/prometheus-service.yaml') ?? '',
      ).not.toContain('nodePort');
      expect(run.file('service/k8s/scaledobject.yaml')).toContain(
        `serverAddress: "${serverAddress}"`,
      );
    },
  );

  it('refuse a minimum above the maximum before anything else runs', async () => {
    await expect(
      runTemplate({
        answers: { ...ANSWERS, minReplicas: 5, maxReplicas: 3 },
        environment: GITEA,
      }),
    ).rejects.toThrow('minReplicas: is 5, above maxReplicas 3');
  });

  it('refuse to begin while no git host is chosen', async () => {
    await expect(runTemplate({ answers: ANSWERS })).rejects.toThrow(
      'gitHost: must be gitea, github, gitlab, bitbucketCloud, bitbucketServer',
    );
  });

  it('render both times from the same answers', async () => {
    const run = await runTemplate({
      answers: {
        ...ANSWERS,
        requestsPerSecondPerReplica: 70,
        minReplicas: 3,
        maxReplicas: 9,
        serviceType: 'NodePort',
        nodePort: 30901,
        monitoring: 'own',
        prometheusNodePort: 30900,
      },
      environment: GITEA,
    });
    const first = inputOf(run, 'render') as { values: JsonObject };
    const second = inputOf(run, 'renderImage') as { values: JsonObject };
    expect(second.values).toEqual({
      ...first.values,
      image: OUTPUTS['publish:image'].image,
    });
    expect(first.values).toMatchObject({
      requestsPerSecondPerReplica: 70,
      nodePort: 30901,
      prometheusNodePort: 30900,
    });
  });
});
