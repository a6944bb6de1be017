import { prometheusTrigger } from './prometheusTrigger';

const metadata = {
  serverAddress: 'http://prometheus:9090',
  query: 'up',
  threshold: '100',
};

function read(extra: Record<string, string> = {}, auth = {}) {
  return prometheusTrigger(
    { type: 'prometheus', metadata: { ...metadata, ...extra } },
    0,
    auth,
  );
}

describe('prometheusTrigger', () => {
  it('fills in what KEDA would', () => {
    expect(read()).toEqual({
      metricName: 's0-prometheus',
      triggerName: 'prometheusScaler',
      metricType: 'AverageValue',
      useCachedMetrics: false,
      serverAddress: 'http://prometheus:9090',
      query: 'up',
      threshold: 100,
      activationThreshold: 0,
      ignoreNullValues: true,
      timeoutMilliseconds: 3000,
      headers: {},
      queryParameters: {},
    });
  });

  it.each([
    ['1500', 1500],
    ['2s', 2000],
    ['1m30s', 90_000],
    ['250ms', 250],
  ])('reads a timeout of %s as %d ms', (timeout, expected) => {
    expect(read({ timeout }).timeoutMilliseconds).toBe(expected);
  });

  it('reads pairs of headers and parameters', () => {
    expect(
      read({
        customHeaders: 'X-Scope=a, X-Other=b',
        queryParameters: 'dedup=true',
        namespace: 'betting',
      }),
    ).toMatchObject({
      headers: { 'X-Scope': 'a', 'X-Other': 'b' },
      queryParameters: { namespace: 'betting', dedup: 'true' },
    });
  });

  it.each([
    [{ query: ' ' }, 'missing required parameter "query" in [triggerMetadata]'],
    [
      { threshold: 'abc' },
      'unable to set param "threshold" value "abc": unable to unmarshal to field type float64: invalid character \'a\' looking for beginning of value',
    ],
    [
      { ignoreNullValues: 'maybe' },
      'unable to set param "ignoreNullValues" value "maybe": unable to parse boolean value "maybe": strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      { timeout: 'soon' },
      'unable to set param "timeout" value "soon": unable to parse duration value "soon": must be either a duration string (e.g. \'30s\', \'5m\') or a number of milliseconds',
    ],
    [
      { customHeaders: 'X' },
      'unable to set param "customHeaders" value "X": expected format key=value, got "X"',
    ],
    [
      { authModes: 'tls' },
      'the embedded cluster does not have authModes "tls"; it has bearer, basic and custom',
    ],
    [
      { authModes: 'bearer' },
      'bearer token is required when bearer auth is enabled',
    ],
  ])('refuses %j in KEDA’s words', (extra, reason) => {
    expect(() => read(extra)).toThrow(
      `error parsing prometheus metadata: error parsing prometheus metadata: ${reason}`,
    );
  });

  it.each([
    [
      { authModes: 'basic' },
      { username: 'me', password: 'p' },
      { authorization: `Basic ${Buffer.from('me:p').toString('base64')}` },
    ],
    [
      { authModes: 'bearer' },
      { bearerToken: 't\n' },
      { authorization: 'Bearer t' },
    ],
    [
      {},
      {
        authModes: 'custom',
        customAuthHeader: 'X-Key',
        customAuthValue: 'v',
      },
      { 'X-Key': 'v' },
    ],
  ])('authenticates by %j', (extra, auth, headers) => {
    expect(read(extra, auth).headers).toEqual(headers);
  });

  it('refuses a metric type that external metrics do not have', () => {
    expect(() =>
      prometheusTrigger(
        { type: 'prometheus', metricType: 'Utilization', metadata },
        0,
        {},
      ),
    ).toThrow("'Utilization' metric type is unsupported");
  });
});
