import { AutoscalingFixture } from '../__testUtils__/AutoscalingFixture';

describe('externalMetricsApi', () => {
  let fixture: AutoscalingFixture;
  beforeEach(async () => {
    fixture = await AutoscalingFixture.start();
    fixture.deployment('odds-api', 2);
  });
  afterEach(() => fixture.stop());

  function get(path: string, labelSelector = '') {
    return fixture.autoscaling.aggregatedApis[0].get(
      path,
      new URLSearchParams({ labelSelector }),
      {
        user: { username: 'test', groups: [] },
        signal: new AbortController().signal,
      },
    );
  }

  const OF_ODDS = 'scaledobject.keda.sh/name=odds-api';

  it.each([
    [486.3334, '486.333'],
    [50, '50'],
    [2000, '2k'],
    [50.5, '50.500'],
    [0.5, '500m'],
    [0.0625, '62m'],
    [0.1875, '188m'],
    [-3, '0'],
    ['NaN', '0'],
    [123456.78912, '123456.789'],
  ])('prints %s as the real one does', async (value, text) => {
    fixture.answer = () => value;
    fixture.scaledObject('odds-api');
    await fixture.advance(1);
    await expect(
      get('namespaces/betting/s0-prometheus', OF_ODDS),
    ).resolves.toEqual({
      kind: 'ExternalMetricValueList',
      apiVersion: 'external.metrics.k8s.io/v1beta1',
      metadata: {},
      items: [
        {
          metricName: 's0-prometheus',
          metricLabels: null,
          timestamp: '2026-11-24T10:00:01Z',
          value: text,
        },
      ],
    });
  });

  it.each([
    [
      'namespaces/betting/s0-prometheus',
      'scaledobject.keda.sh/name=nobody',
      'rpc error: code = Unknown desc = error when getting metric values error getting scalers ScaledObject.keda.sh "nobody" not found',
    ],
    [
      'namespaces/betting/s1-prometheus',
      OF_ODDS,
      'rpc error: code = Unknown desc = error when getting metric values no matching metrics found for s1-prometheus',
    ],
    [
      'namespaces/betting/s0-prometheus',
      OF_ODDS,
      'rpc error: code = Unknown desc = error when getting metric values metric:s0-prometheus encountered error',
    ],
    [
      'namespaces/betting/s0-prometheus',
      '',
      'scaledObject name is not specified',
    ],
    [
      'namespaces/betting/s0-prometheus',
      'q in (1,2)',
      'invalid selector: [q in (1]',
    ],
  ])(
    'answers 500 without a reason to %s?%s',
    async (path, selector, message) => {
      fixture.answer = () => 'fail';
      fixture.scaledObject('odds-api');
      await fixture.advance(1);
      const error: { toStatus(): unknown } = await get(path, selector).then(
        () => {
          throw new Error('it was answered');
        },
        refusal => refusal,
      );
      expect(error.toStatus()).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message,
        code: 500,
      });
    },
  );

  it('does not know other paths', async () => {
    await expect(get('foo')).rejects.toMatchObject({ code: 404 });
  });

  it('gives the last poll where a trigger asks for that', async () => {
    fixture.answer = () => fixture.queries.length;
    fixture.scaledObject('odds-api', {
      triggers: [{ ...fixture.trigger('odds-api'), useCachedMetrics: true }],
    });
    await fixture.advance(1);
    expect(fixture.queries.length).toBe(1);
    await expect(
      get('namespaces/betting/s0-prometheus', OF_ODDS),
    ).resolves.toMatchObject({ items: [{ value: '1' }] });
    await fixture.advance(30);
    await expect(
      get('namespaces/betting/s0-prometheus', OF_ODDS),
    ).resolves.toMatchObject({ items: [{ value: '2' }] });
  });
});

describe('installKeda', () => {
  it('makes definitions, namespace and APIService, and leaves them as they are the second time', async () => {
    const fixture = await AutoscalingFixture.start();
    const versions = () =>
      [
        [
          'apiextensions.k8s.io/v1',
          'CustomResourceDefinition',
          'scaledobjects.keda.sh',
        ],
        ['v1', 'Namespace', 'keda'],
        [
          'apiregistration.k8s.io/v1',
          'APIService',
          'v1beta1.external.metrics.k8s.io',
        ],
      ].map(([apiVersion, kind, name]) => {
        const { metadata } = fixture.objects.get(
          fixture.objects.typeOf(apiVersion, kind)!,
          { name },
        );
        expect(metadata.annotations).toMatchObject({
          'sportsbook-scaling/embedded': 'true',
        });
        return metadata.resourceVersion;
      });
    const before = versions();
    fixture.autoscaling.install();
    expect(versions()).toEqual(before);
    await fixture.stop();
  });
});
