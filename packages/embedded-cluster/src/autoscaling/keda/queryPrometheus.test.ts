import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { prometheusTrigger } from './prometheusTrigger';
import { queryPrometheus } from './queryPrometheus';

describe('queryPrometheus', () => {
  let server: Server;
  let address: string;
  let body: unknown;
  let status: number;
  let asked: string | undefined;
  beforeEach(async () => {
    status = 200;
    server = createServer((request, response) => {
      asked = request.url;
      if (body === 'never') {
        return;
      }
      response.statusCode = status;
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function query(metadata: Record<string, string> = {}, signal?: AbortSignal) {
    return queryPrometheus(
      prometheusTrigger(
        {
          type: 'prometheus',
          metadata: {
            serverAddress: address,
            query: 'sum(rate(x[1m]))',
            threshold: '1',
            ...metadata,
          },
        },
        0,
        {},
      ),
      {
        network: { fetch },
        nowMilliseconds: Date.parse('2026-11-24T10:00:00.4Z'),
        signal: signal ?? new AbortController().signal,
      },
    );
  }

  function vector(...values: unknown[]) {
    return {
      status: 'success',
      data: {
        resultType: 'vector',
        result: values.map(value => ({ metric: {}, value })),
      },
    };
  }

  it('asks at the whole second, with the query and further parameters encoded', async () => {
    body = vector([0, '42.5']);
    await expect(
      query({ queryParameters: 'dedup=a b', namespace: 'n' }),
    ).resolves.toBe(42.5);
    expect(asked).toBe(
      '/api/v1/query?query=sum%28rate%28x%5B1m%5D%29%29&time=2026-11-24T10:00:00Z&namespace=n&dedup=a+b',
    );
  });

  it.each([
    ['an empty vector', vector()],
    ['an element without values', vector([])],
    ['NaN', vector([0, 'NaN'])],
    ['+Inf', vector([0, '+Inf'])],
  ])('counts %s as 0, unless that is an error', async (_, answer) => {
    body = answer;
    await expect(query()).resolves.toBe(0);
    await expect(query({ ignoreNullValues: 'false' })).rejects.toThrow(
      /target may be lost, the (result|value list) is empty|prometheus query returns (NaN|\+Inf)/,
    );
  });

  it('refuses several elements', async () => {
    body = vector([0, '1'], [0, '2']);
    await expect(query()).rejects.toThrow(
      'prometheus query sum(rate(x[1m])) returned multiple elements',
    );
  });

  it.each([
    [422, {}, 'prometheus query api returned error. status: 422'],
    [200, 'no json', 'is not JSON'],
    [200, vector([0, 'x']), 'strconv.ParseFloat: parsing "x": invalid syntax'],
  ])('fails on an answer with %d and %j', async (code, answer, message) => {
    status = code;
    body = answer;
    await expect(query()).rejects.toThrow(message);
  });

  it('fails when no answer comes in time', async () => {
    body = 'never';
    await expect(query({ timeout: '50' })).rejects.toThrow(
      'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    );
  });

  it('says who refused the connection', async () => {
    await new Promise(resolve => {
      server.close(resolve);
    });
    await expect(query()).rejects.toThrow(
      `dial tcp ${new URL(address).host}: connect: connection refused`,
    );
  });

  it('ends with the reason of its signal', async () => {
    body = 'never';
    const controller = new AbortController();
    const answer = query({}, controller.signal);
    controller.abort(new Error('it is over'));
    await expect(answer).rejects.toThrow('it is over');
  });
});
