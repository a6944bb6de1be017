import {
  PrometheusCredentialsError,
  PrometheusQueryError,
  PrometheusUnreachableError,
} from '../errors';
import { PrometheusHttpClient } from './PrometheusHttpClient';

interface Reply {
  status?: number;
  contentType?: string;
  text: string;
}

function clientOf(reply: Reply | object) {
  const asked: string[] = [];
  const {
    status = 200,
    contentType = 'application/json',
    text,
  } = 'text' in reply
    ? (reply as Reply)
    : ({ text: JSON.stringify(reply) } as Reply);
  const client = new PrometheusHttpClient({
    address: 'http://prometheus.betting.svc:9090',
    get: async path => {
      asked.push(path);
      return { status, contentType, text };
    },
  });
  return { client, asked };
}

const success = (resultType: string, result: unknown) => ({
  status: 'success',
  data: { resultType, result },
});

it('reads a vector, with the numbers that JSON has not', async () => {
  const sample = (pod: string, value: string) => ({
    metric: { pod },
    value: [1764000000.5, value],
  });
  const { client } = clientOf(
    success('vector', [
      sample('a', '83.25'),
      sample('b', 'NaN'),
      sample('c', '+Inf'),
      sample('d', '-Inf'),
    ]),
  );
  const samples = await client.query('up');
  expect(samples.map(({ value }) => value)).toEqual([
    83.25,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(samples[0]).toMatchObject({ labels: { pod: 'a' }, at: 1764000000.5 });
});

it('reads a scalar as one sample without labels, and an empty vector as none', async () => {
  const scalar = clientOf(success('scalar', [1764000000, '2']));
  expect(await scalar.client.query('scalar(up)')).toEqual([
    { labels: {}, at: 1764000000, value: 2 },
  ]);
  expect(await clientOf(success('vector', [])).client.query('x')).toEqual([]);
});

it('reads a matrix', async () => {
  const { client, asked } = clientOf(
    success('matrix', [
      {
        metric: { pod: 'a' },
        values: [
          [1764000000, '1'],
          [1764000015, 'NaN'],
        ],
      },
    ]),
  );
  const range = { from: 1764000000, to: 1764000015, stepSeconds: 15 };
  expect(await client.queryRange('sum(up)', range)).toEqual([
    {
      labels: { pod: 'a' },
      points: [
        { at: 1764000000, value: 1 },
        { at: 1764000015, value: Number.NaN },
      ],
    },
  ]);
  expect(asked).toEqual([
    '/api/v1/query_range?query=sum%28up%29&start=1764000000&end=1764000015&step=15',
  ]);
});

it('escapes all of a query', async () => {
  const { client, asked } = clientOf(success('vector', []));
  const query = 'rate(x{uri=~"/a|b",m!="+&#"}[1m])';
  await client.query(query);
  expect(new URL(asked[0], 'http://x').searchParams.get('query')).toBe(query);
  expect([...new URL(asked[0], 'http://x').searchParams]).toHaveLength(1);
});

it.each([
  ['a range', success('matrix', [])],
  ['a text', success('string', [1764000000, 'x'])],
  ['a native histogram', success('vector', [{ metric: {}, histogram: [] }])],
])('refuses %s where one number for each series is needed', async (_, body) => {
  await expect(clientOf(body).client.query('x[5m]')).rejects.toThrow(
    PrometheusQueryError,
  );
});

it('hands on why Prometheus refused the query', async () => {
  const { client } = clientOf({
    status: 400,
    text: JSON.stringify({
      status: 'error',
      errorType: 'bad_data',
      error: 'parse error: unclosed left parenthesis',
    }),
  } satisfies Reply);
  const asked = client.query('sum(rate(');
  await expect(asked).rejects.toThrow(PrometheusQueryError);
  await expect(asked).rejects.toMatchObject({ errorType: 'bad_data' });
  await expect(asked).rejects.toThrow(/unclosed left parenthesis/);
});

it('tells a server that starts from one that refuses', async () => {
  const { client } = clientOf({
    status: 503,
    contentType: 'text/plain',
    text: 'Service Unavailable',
  } satisfies Reply);
  const asked = client.query('up');
  await expect(asked).rejects.toThrow(PrometheusUnreachableError);
  await expect(asked).rejects.toThrow(/is not ready/);
});

it('knows what is no Prometheus, and shows nothing of it', async () => {
  const page = clientOf({
    contentType: 'text/html',
    text: '<html>hunter2</html>',
  } satisfies Reply);
  const asked = page.client.query('up');
  await expect(asked).rejects.toThrow(PrometheusUnreachableError);
  await expect(asked).rejects.toThrow(
    'is no Prometheus: it sent 200 and text/html',
  );
  const odd = clientOf({ status: 'success', data: { rows: 1 } });
  await expect(odd.client.query('up')).rejects.toThrow(
    PrometheusUnreachableError,
  );
  const number = clientOf(success('scalar', [1764000000, 'many']));
  await expect(number.client.query('up')).rejects.toThrow(
    PrometheusUnreachableError,
  );
});

it('lists active targets', async () => {
  const target = {
    labels: { pod: 'a', job: 'odds' },
    scrapePool: 'serviceMonitor/betting/odds/0',
    health: 'down',
    lastError: 'connection refused',
  };
  const { client, asked } = clientOf({
    status: 'success',
    data: {
      activeTargets: [
        { ...target, scrapeUrl: 'http://x' },
        { ...target, scrapeInterval: '1m30s' },
        { ...target, scrapeInterval: 'often' },
      ],
    },
  });
  expect(await client.targets()).toEqual([
    target,
    { ...target, scrapeIntervalSeconds: 90 },
    target,
  ]);
  expect(asked).toEqual(['/api/v1/targets?state=active']);
});

it.each([401, 403])(
  'tells a server that wants credentials from one that is none (%d)',
  async status => {
    const { client } = clientOf({
      status,
      contentType: 'text/plain',
      text: 'Unauthorized: hunter2',
    } satisfies Reply);
    const asked = client.query('up');
    await expect(asked).rejects.toThrow(PrometheusCredentialsError);
    await expect(asked).rejects.not.toThrow(/hunter2/);
  },
);
