import { autoscaledService } from './autoscaledService';

const ANSWERS = {
  name: 'odds-api',
  owner: 'group:default/trading',
  namespace: 'betting',
  cluster: 'dev',
};

describe('the values of the autoscaled service', () => {
  it('hold the policy’s defaults and everything that follows from the answers', () => {
    const values = autoscaledService.parseValues(ANSWERS);
    expect(values).toMatchObject({
      minReplicas: 2,
      maxReplicas: 10,
      threshold: '100',
      fallbackReplicas: 4,
      nodePort: null,
      prometheusAddress: 'http://prometheus-odds-api.betting.svc:9090',
      query:
        'sum(rate(http_server_requests_seconds_count{namespace="betting",service="odds-api",job="odds-api",uri="/api"}[30s]))',
      image: 'odds-api:0.1.0',
      imagePublished: false,
    });
    expect(values.answers).toEqual({
      ...ANSWERS,
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
      serviceType: 'ClusterIP',
      monitoring: 'own',
    });
  });

  it('name the published image where there is one', () => {
    const image = `registry.example.com/odds@sha256:${'0'.repeat(64)}`;
    expect(autoscaledService.parseValues({ ...ANSWERS, image })).toMatchObject({
      image,
      imagePublished: true,
    });
  });

  it('need a git host that the template can publish to, where one is asked for', () => {
    expect(() =>
      autoscaledService.parseValues({ ...ANSWERS, gitHost: 'unset' }),
    ).toThrow(
      'gitHost: must be gitea, github, gitlab, bitbucketCloud, bitbucketServer; whoever runs Backstage chooses it in scaffolder.defaultEnvironment.parameters.gitHost',
    );
    expect(
      autoscaledService.parseValues({ ...ANSWERS, gitHost: 'gitea' }),
    ).not.toHaveProperty('gitHost');
  });

  it('say at which rates replicas come and go, up to the maximum', () => {
    const { levels } = autoscaledService.parseValues({
      ...ANSWERS,
      maxReplicas: 3,
    });
    expect(levels).toEqual([
      {
        replicas: 2,
        moreAboveRequestsPerSecond: 220,
        fewerAtRequestsPerSecond: null,
      },
      {
        replicas: 3,
        moreAboveRequestsPerSecond: null,
        fewerAtRequestsPerSecond: 200,
      },
    ]);
  });

  it('ask the Prometheus that is there already', () => {
    expect(
      autoscaledService.parseValues({
        ...ANSWERS,
        monitoring: 'existing',
        prometheusAddress: 'https://metrics.example.com/prometheus',
      }),
    ).toMatchObject({
      prometheusAddress: 'https://metrics.example.com/prometheus',
    });
  });

  it('are refused with every problem at once, and with what to do next', () => {
    const parse = () =>
      autoscaledService.parseValues({
        name: 'Odds_API',
        owner: 'group:default/trading',
        namespace: 'betting',
        cluster: 'dev',
        image: 'not an image',
        minReplica: 3,
      });
    expect(parse).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(
          /nothing was changed yet:\n- minReplica: is not a field; .*\n- name: must consist of .*\n- image: must be an image reference/,
        ),
      }),
    );
  });

  it.each([undefined, null, 'odds-api', 7])(
    'are refused where %p is given instead of answers',
    input => {
      expect(() => autoscaledService.parseValues(input)).toThrow(
        /^The values for the skeleton 'sportsbook-autoscaled-service' cannot be used/,
      );
    },
  );

  it.each([
    'http://user:secret@prometheus.monitoring.svc:9090',
    'http://prometheus.monitoring.svc:9090/?token=secret',
    'prometheus.monitoring.svc:9090',
    'http://prometheus.monitoring.svc:9090\nignoreNullValues: "true"',
  ])('take no address such as %p', prometheusAddress => {
    expect(() =>
      autoscaledService.parseValues({
        ...ANSWERS,
        monitoring: 'existing',
        prometheusAddress,
      }),
    ).toThrow('prometheusAddress: must be an address such as');
  });

  it('need a server or an address with an existing Prometheus, and take none without', () => {
    expect(() =>
      autoscaledService.parseValues({ ...ANSWERS, monitoring: 'existing' }),
    ).toThrow('prometheusServer: is missing');
    expect(() =>
      autoscaledService.parseValues({
        ...ANSWERS,
        prometheusAddress: 'http://prometheus.monitoring.svc:9090',
      }),
    ).toThrow(`prometheusAddress: needs monitoring 'existing'`);
  });
});
