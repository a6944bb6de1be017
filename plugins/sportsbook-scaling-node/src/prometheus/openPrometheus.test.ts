import {
  ClusterForbiddenError,
  PrometheusAddressError,
  PrometheusCredentialsError,
  PrometheusUnreachableError,
} from '../errors';
import {
  answerJson,
  startHttpServer,
} from '../kubernetes/__testUtils__/startHttpServer';
import { KubernetesClient, RawAnswer } from '../ports/KubernetesClient';
import { openPrometheus } from './openPrometheus';

const empty = JSON.stringify({
  status: 'success',
  data: { resultType: 'vector', result: [] },
});

const inBetting = {
  namespace: 'betting',
  allowedAddresses: [],
  allowedNamespaces: [],
};

/** Only what a way through the API server needs. */
function clusterOf(answer: Partial<RawAnswer> = {}) {
  const asked: string[] = [];
  const client: Pick<KubernetesClient, 'cluster' | 'getRaw'> = {
    cluster: 'dev',
    getRaw: async path => {
      asked.push(path);
      return { status: 200, contentType: '', text: empty, ...answer };
    },
  };
  return { client: client as KubernetesClient, asked };
}

it.each([
  [
    'http://prometheus-odds.betting.svc:9090',
    'http%3Aprometheus-odds%3A9090/proxy',
  ],
  [
    'http://prometheus-odds.betting.svc.cluster.local:9090/',
    'http%3Aprometheus-odds%3A9090/proxy',
  ],
  [
    'https://prometheus-odds.betting.svc/base/path/',
    'https%3Aprometheus-odds%3A443/proxy/base/path',
  ],
  ['http://prometheus-odds.betting.svc', 'http%3Aprometheus-odds%3A80/proxy'],
])('reaches %s through the API server', async (serverAddress, target) => {
  const { client, asked } = clusterOf();
  const prometheus = openPrometheus({
    client,
    serverAddress,
    ...inBetting,
  });
  await prometheus.query('up');
  expect(asked).toEqual([
    `/api/v1/namespaces/betting/services/${target}/api/v1/query?query=up`,
  ]);
});

it.each([
  'http://169.254.169.254/latest/meta-data',
  'http://localhost:9090',
  'http://prometheus.betting:9090',
  'http://x.betting.svc.evil.example:9090',
])('does not ask %s, which nobody allowed', serverAddress => {
  const { client } = clusterOf();
  const open = () => openPrometheus({ client, serverAddress, ...inBetting });
  expect(open).toThrow(PrometheusAddressError);
  expect(open).toThrow(/sportsbookScaling\.prometheus\.addresses/);
});

it("does not lend Backstage's account for a Service of another namespace, unless it is listed", async () => {
  const { client, asked } = clusterOf();
  const open = (namespaces: string[]) =>
    openPrometheus({
      client,
      serverAddress: 'http://vault.secrets.svc:8200/v1',
      ...inBetting,
      allowedNamespaces: namespaces,
    });
  expect(() => open(['monitoring'])).toThrow(PrometheusAddressError);
  expect(() => open(['monitoring'])).toThrow(
    "Service secrets/vault may not be asked: it is not in the ScaledObject's namespace 'betting'. Use a Prometheus there, list 'secrets' in 'sportsbookScaling.prometheus.namespaces', or describe the server in 'sportsbookScaling.clusters', in the entry of 'dev'.",
  );
  await open(['secrets']).query('up');
  await open(['*']).query('up');
  expect(asked).toHaveLength(2);
});

it.each([
  ['file:///etc/passwd', /neither http nor https/],
  ['prometheus', /is no URL/],
  ['http://user:hunter2@p.betting.svc:9090', /holds credentials/],
  ['http://p.betting.svc:9090/?x=1', /query or fragment/],
])('refuses the address %s', (serverAddress, reason) => {
  const { client } = clusterOf();
  const open = () =>
    openPrometheus({
      client,
      serverAddress,
      ...inBetting,
      allowedAddresses: [serverAddress],
    });
  expect(open).toThrow(reason);
  expect(open).not.toThrow(/hunter2/);
});

it('asks an allowed address directly, and follows it nowhere else', async () => {
  const server = await startHttpServer(({ url }, response) => {
    if (url === '/prometheus/api/v1/query?query=up') {
      answerJson(response, JSON.parse(empty));
    } else {
      response.writeHead(302, { Location: 'http://127.0.0.1:1' }).end();
    }
  });
  const { client, asked } = clusterOf();
  const prometheus = openPrometheus({
    client,
    serverAddress: `${server.url}/prometheus/`,
    ...inBetting,
    allowedAddresses: [`${server.url}/prometheus`],
  });
  expect(await prometheus.query('up')).toEqual([]);
  expect(asked).toEqual([]);
  await expect(prometheus.query('down')).rejects.toThrow(/it sent 302/);
  expect(() =>
    openPrometheus({
      client,
      serverAddress: `${server.url}/other`,
      ...inBetting,
      allowedAddresses: [`${server.url}/prometheus`],
    }),
  ).toThrow(PrometheusAddressError);
  await server.stop();
});

it('says why an allowed address does not answer', async () => {
  const server = await startHttpServer(() => {});
  await server.stop();
  const prometheus = openPrometheus({
    ...clusterOf(),
    serverAddress: server.url,
    ...inBetting,
    allowedAddresses: [server.url],
  });
  const asked = prometheus.query('up');
  await expect(asked).rejects.toThrow(PrometheusUnreachableError);
  await expect(asked).rejects.toThrow(
    /cannot be reached: connect ECONNREFUSED/,
  );
});

describe('an API server that refuses the way', () => {
  const refusing = (code: number, message: string) =>
    openPrometheus({
      ...clusterOf({
        status: code,
        text: JSON.stringify({ kind: 'Status', code, message }),
      }),
      serverAddress: 'http://p.betting.svc:9090',
      ...inBetting,
    }).query('up');

  it('is told from a Prometheus without pods', async () => {
    const asked = refusing(503, 'no endpoints available for service "p"');
    await expect(asked).rejects.toThrow(PrometheusUnreachableError);
    await expect(asked).rejects.toThrow(/no endpoints available/);
  });

  it.each(['certificate required', 'bad certificate', 'handshake failure'])(
    'is told from a Prometheus that wants a client certificate: %s',
    async alert => {
      const asked = refusing(
        503,
        `error trying to reach service: remote error: tls: ${alert}`,
      );
      await expect(asked).rejects.toThrow(PrometheusCredentialsError);
      await expect(asked).rejects.toThrow(/wants a client certificate/);
    },
  );

  it('names the right that is missing', async () => {
    const asked = refusing(403, 'User "alice" cannot get "services/proxy"');
    await expect(asked).rejects.toThrow(ClusterForbiddenError);
    await expect(asked).rejects.toThrow(/Grant 'get' on 'services\/proxy'/);
  });
});

it('asks a configured server for the namespaces that it serves, with its headers', async () => {
  const { client, asked } = clusterOf();
  const headers: unknown[] = [];
  const getRaw = client.getRaw.bind(client);
  client.getRaw = (path, options) => {
    headers.push(options?.headers);
    return getRaw(path, options);
  };
  const open = (namespace: string) =>
    openPrometheus({
      client,
      serverAddress: 'http://mimir.mimir.svc:8080/prometheus',
      allowedAddresses: [],
      allowedNamespaces: [],
      namespace,
      configured: new Map([
        [
          client.cluster,
          [
            {
              name: 'mimir',
              address: 'http://mimir.mimir.svc:8080/prometheus/',
              serviceMonitorLabels: {},
              namespaces: ['betting'],
              headers: { 'X-Scope-OrgID': 'betting' },
              triggerAuthentication: undefined,
              queryLabels: {},
              hastenReload: false,
            },
          ],
        ],
      ]),
    });
  await open('betting').query('up');
  expect(asked).toHaveLength(1);
  expect(headers).toEqual([{ 'X-Scope-OrgID': 'betting' }]);
  expect(() => open('trading')).toThrow(PrometheusAddressError);
});
