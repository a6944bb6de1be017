import { request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '../../__testUtils__/ManualClock';
import { PrometheusServer } from '../PrometheusServer';
import { ServerLog } from '../ServerLog';
import { labelsOf } from '../storage/labels';
import { createHttpServer } from './createHttpServer';

const START_SECONDS = Date.UTC(2026, 10, 24) / 1000;

let http: Server;
let port: number;

beforeAll(async () => {
  const clock = new ManualClock(START_SECONDS * 1000 + 60_000);
  const server = new PrometheusServer({
    clock,
    network: { fetch },
    log: new ServerLog(clock, () => {}),
    discovery: {
      discover: () => ({ targets: [], forbidden: [] }),
      watch: () => () => {},
    },
  });
  for (const queue of ['paper', 'card']) {
    const series = server.store.seriesOf(
      labelsOf({ __name__: 'queue_depth', queue }),
    );
    for (let second = 0; second <= 60; second += 5) {
      series.append((START_SECONDS + second) * 1000, second);
    }
  }
  http = createHttpServer({ server, clock, hostname: 'prometheus-own-0' });
  await new Promise<void>(resolve => {
    http.listen(0, '127.0.0.1', resolve);
  });
  port = (http.address() as AddressInfo).port;
});

afterAll(() => {
  http.closeAllConnections();
  http.close();
});

async function ask(
  path: string,
  options: {
    method?: string;
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Promise<{ code: number; text: string; body: unknown }> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, path, method, headers },
      incoming => {
        let text = '';
        incoming.on('data', chunk => {
          text += chunk;
        });
        incoming.on('end', () =>
          resolve({
            code: incoming.statusCode ?? 0,
            text,
            body: /json/.test(incoming.headers['content-type'] ?? '')
              ? JSON.parse(text)
              : undefined,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const badData = (error: string) => ({
  status: 'error',
  errorType: 'bad_data',
  error,
});

describe('the HTTP API', () => {
  it.each([
    [
      'query?query=queue_depth{queue="card"}&time=2026-11-24T00:01:00Z',
      {
        resultType: 'vector',
        result: [
          {
            metric: { __name__: 'queue_depth', queue: 'card' },
            value: [START_SECONDS + 60, '60'],
          },
        ],
      },
    ],
    [
      'query?query=queue_depth{queue="card"}[7s]',
      {
        resultType: 'matrix',
        result: [
          {
            metric: { __name__: 'queue_depth', queue: 'card' },
            values: [
              [START_SECONDS + 55, '55'],
              [START_SECONDS + 60, '60'],
            ],
          },
        ],
      },
    ],
    [
      'query?query=-1/0',
      { resultType: 'scalar', result: [START_SECONDS + 60, '-Inf'] },
    ],
    [
      'query?query="text"&time=5.5',
      { resultType: 'string', result: [5.5, 'text'] },
    ],
    [
      `query_range?query=sum(queue_depth)&start=${START_SECONDS}&end=${
        START_SECONDS + 31
      }&step=10s`,
      {
        resultType: 'matrix',
        result: [
          {
            metric: {},
            values: [
              [START_SECONDS, '0'],
              [START_SECONDS + 10, '20'],
              [START_SECONDS + 20, '40'],
              [START_SECONDS + 30, '60'],
            ],
          },
        ],
      },
    ],
    [
      'series?match[]=queue_depth{queue="card"}',
      [{ __name__: 'queue_depth', queue: 'card' }],
    ],
    ['labels', ['__name__', 'queue']],
    ['label/queue/values', ['card', 'paper']],
    ['label/queue/values?match[]=queue_depth{queue!="card"}', ['paper']],
    ['label/nothing/values', []],
    ['metadata', {}],
    ['scrape_pools', { scrapePools: [] }],
    [
      'targets',
      { activeTargets: [], droppedTargets: [], droppedTargetCounts: {} },
    ],
    [
      'targets?state=active',
      { activeTargets: [], droppedTargets: [], droppedTargetCounts: null },
    ],
  ])('answers %s', async (path, data) => {
    expect(await ask(`/api/v1/${encodeURI(path)}`)).toMatchObject({
      code: 200,
      body: { status: 'success', data },
    });
  });

  it.each([
    [
      'query',
      'invalid parameter "query": unknown position: parse error: no expression found in input',
    ],
    [
      'query?query=up&time=abc',
      'invalid parameter "time": invalid time value for \'time\': cannot parse "abc" to a valid timestamp',
    ],
    [
      'query?query=up&timeout=abc',
      'invalid parameter "timeout": cannot parse "abc" to a valid duration',
    ],
    [
      'query_range?query=up&start=1&end=2',
      'invalid parameter "step": cannot parse "" to a valid duration',
    ],
    [
      'query_range?query=up&start=1&end=2&step=0',
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    ],
    [
      'query_range?query=up&start=3&end=2&step=1',
      'invalid parameter "end": end timestamp must not be before start time',
    ],
    [
      'query_range?query=up&start=1&end=20000&step=1',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    ],
    [
      'query_range?query=up[5m]&start=1&end=20&step=1',
      'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    ],
    [
      'query_range?query="a"&start=1&end=20&step=1',
      'invalid parameter "query": invalid expression type "string" for range query, must be Scalar or instant Vector',
    ],
    ['series', 'no match[] parameter provided'],
    [
      'query?query=up&timeout=300y',
      'invalid parameter "timeout": cannot parse "300y" to a valid duration',
    ],
    [
      'query?query=up&timeout=9223372037',
      'invalid parameter "timeout": cannot parse "9223372037" to a valid duration. It overflows int64',
    ],
    [
      'query?query=up&timeout=0',
      'invalid parameter "query": context deadline exceeded',
    ],
    [
      'query?query=up&limit=-1',
      'invalid parameter "limit": limit must be non-negative',
    ],
    [
      'query?query=up&limit=1.5',
      'invalid parameter "limit": strconv.Atoi: parsing "1.5": invalid syntax',
    ],
    [
      'query?query=up&lookback_delta=x',
      'error parsing lookback delta duration: cannot parse "x" to a valid duration',
    ],
    [
      'query_range?query=up&start=1&end=2&step=1e30',
      'invalid parameter "step": cannot parse "1e30" to a valid duration. It overflows int64',
    ],
  ])('refuses %s as a real one does', async (path, error) => {
    expect(await ask(`/api/v1/${encodeURI(path)}`)).toMatchObject({
      code: 400,
      body: badData(error),
    });
  });

  it('answers 503 to a query that takes longer than it asked for', async () => {
    expect(
      await ask(
        '/api/v1/query?query=sum_over_time(vector(1)[10m:1ms])&timeout=1ms',
      ),
    ).toMatchObject({
      code: 503,
      body: {
        status: 'error',
        errorType: 'timeout',
        error: 'query timed out in expression evaluation',
      },
    });
  });

  it('does not read a form of more than a million bytes', async () => {
    expect(
      await ask('/api/v1/query', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `query=${'1'.repeat(1_100_000)}`,
      }),
    ).toMatchObject({
      code: 413,
      body: { error: 'a form of more than 1048576 bytes is not read' },
    });
  });

  it('answers 422 for what it does not have, by name', async () => {
    expect(
      await ask('/api/v1/query?query=histogram_count(queue_depth)'),
    ).toMatchObject({
      code: 422,
      body: {
        errorType: 'execution',
        error: expect.stringContaining('histogram_count() works on native'),
      },
    });
  });

  it.each(['rules', 'alerts', 'status/flags', 'admin/tsdb/snapshot', 'write'])(
    'answers 501 and a sentence to /api/v1/%s',
    async path => {
      expect(await ask(`/api/v1/${path}`)).toMatchObject({
        code: 501,
        body: {
          status: 'error',
          error: `the embedded Prometheus does not have /api/v1/${path}`,
        },
      });
    },
  );

  it('takes a query as a form too', async () => {
    const answer = await ask('/api/v1/query', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ query: '1+1', time: '7' }).toString(),
    });
    expect(answer.body).toEqual({
      status: 'success',
      data: { resultType: 'scalar', result: [7, '2'] },
    });
  });

  it('cuts an answer at the limit, saying so', async () => {
    expect(
      (await ask('/api/v1/query?query=queue_depth&limit=1')).body,
    ).toMatchObject({
      data: { result: [{ metric: { queue: 'card' } }] },
      warnings: ['results truncated due to limit'],
    });
    expect((await ask('/api/v1/label/queue/values?limit=1')).body).toEqual({
      status: 'success',
      data: ['card'],
      warnings: ['results truncated due to limit'],
    });
  });

  it('says that it is embedded', async () => {
    expect((await ask('/api/v1/status/buildinfo')).body).toMatchObject({
      data: { version: '3.13.1+embedded' },
    });
    expect((await ask('/')).text).toContain('Prometheus, embedded');
  });

  it('answers to probes', async () => {
    expect(await ask('/-/ready')).toMatchObject({
      code: 200,
      text: 'Prometheus Server is Ready.\n',
    });
    expect(await ask('/-/healthy')).toMatchObject({
      code: 200,
      text: 'Prometheus Server is Healthy.\n',
    });
  });

  it.each(['/x', '/api/v1/nothing', '/api/v2/query'])(
    'does not know %s',
    async path => {
      expect(await ask(path)).toMatchObject({
        code: 404,
        text: '404 page not found\n',
      });
    },
  );

  it('does not take other methods', async () => {
    expect((await ask('/api/v1/query', { method: 'PUT' })).code).toBe(405);
    expect((await ask('/api/v1/targets', { method: 'POST' })).code).toBe(405);
  });

  it.each([
    ['//', 404],
    ['http://[/', 404],
    ['/api/v1/label/%zz/values', 400],
  ])('refuses the address %s', async (path, code) => {
    expect(await ask(path)).toMatchObject({ code });
  });

  it.each([
    [{ host: 'evil.example' }],
    [{ host: '127.0.0.1.evil.example:9090' }],
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ])('does not answer a page of somebody else: %j', async headers => {
    expect(await ask('/api/v1/query?query=1', { headers })).toMatchObject({
      code: 403,
      body: undefined,
    });
  });

  it.each([
    [{ host: 'prometheus-own.betting.svc:9090' }],
    [{ host: 'prometheus-own.betting.svc.cluster.local:9090' }],
    [{ host: '10.42.0.2:9090' }],
    [{ host: 'localhost:30900', origin: 'http://localhost:30900' }],
    [
      {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    ],
  ])('answers to its own names and to a followed link: %j', async headers => {
    expect((await ask('/api/v1/query?query=1', { headers })).code).toBe(200);
  });
});
