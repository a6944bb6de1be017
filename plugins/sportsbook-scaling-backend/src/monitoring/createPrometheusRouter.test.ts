import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ClusterUnreachableError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import request from 'supertest';
import { clusterClientsServiceRef } from '../clusterClientsServiceRef';
import { sportsbookScalingPlugin } from '../plugin';

const PATH =
  '/api/sportsbook-scaling/v1/clusters/dev/prometheus-servers?namespace=betting&service=odds';

function clusterWithServer(): FakeCluster {
  const client = new FakeCluster(['betting', 'monitoring']);
  client.seed({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'k8s', namespace: 'monitoring' },
    spec: {
      serviceMonitorSelector: { matchLabels: { release: 'stack' } },
      serviceMonitorNamespaceSelector: {},
    },
  });
  client.seed({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'k8s', namespace: 'monitoring' },
    spec: {
      selector: { prometheus: 'k8s' },
      ports: [{ name: 'web', port: 9090 }],
    },
  });
  return client;
}

async function start(
  options: {
    client?: FakeCluster;
    result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    cluster?: object;
  } = {},
) {
  const client = options.client ?? clusterWithServer();
  const usedTokens: (string | undefined)[] = [];
  const { server } = await startTestBackend({
    features: [
      sportsbookScalingPlugin,
      catalogServiceMock.factory(),
      createServiceFactory({
        service: clusterClientsServiceRef,
        deps: {},
        factory: () => ({
          forCluster: (_name, { userToken } = {}) => {
            usedTokens.push(userToken);
            return client;
          },
          names: async () => ['dev'],
        }),
      }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({
            result: options.result ?? AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          sportsbookScaling: {
            apply: {
              rules: [
                { users: ['*'], clusters: ['dev'], namespaces: ['betting'] },
              ],
            },
            clusters: [{ name: 'dev', ...options.cluster }],
          },
        },
      }),
    ],
  });
  const look = (path = PATH) =>
    request(server)
      .get(path)
      .set('authorization', mockCredentials.user.header());
  return { client, look, server, usedTokens };
}

describe('GET prometheus-servers', () => {
  it('answers which servers will scrape a service of the namespace, and why', async () => {
    const { look } = await start({
      cluster: {
        prometheus: [
          {
            name: 'mimir',
            address: 'http://mimir.mimir.svc:8080',
            namespaces: ['trading'],
            headers: { 'X-Scope-OrgID': 'someone-else' },
          },
        ],
      },
    });

    const answer = await look();

    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toEqual({
      cluster: 'dev',
      namespace: 'betting',
      detection: { status: 'complete' },
      servers: [
        {
          name: 'monitoring/k8s',
          source: 'object',
          verdict: 'scrapes',
          address: 'http://k8s.monitoring.svc:9090',
          serviceMonitorLabels: { release: 'stack' },
          reason:
            'Selects every ServiceMonitor with release=stack of all namespaces.',
          warnings: [],
        },
        {
          name: 'mimir',
          source: 'configuration',
          verdict: 'refuses',
          reason:
            "Backstage's configuration gives it to the namespaces trading.",
          warnings: [],
        },
      ],
    });
    expect(answer.text).not.toContain('someone-else');
  });

  it('asks nothing of the cluster for those who may create nothing there', async () => {
    const { look, server, usedTokens } = await start();
    const elsewhere = await look(PATH.replace('=betting', '=secrets'));
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.body.error.message).toContain(
      "create in namespace 'secrets' of cluster 'dev'",
    );
    const stranger = await request(server)
      .get(PATH)
      .set('authorization', mockCredentials.none.header());
    expect(stranger.status).toBe(401);
    const denied = await start({ result: AuthorizeResult.DENY });
    expect((await denied.look()).status).toBe(403);
    expect([...usedTokens, ...denied.usedTokens]).toEqual([]);
  });

  it('refuses names that are none', async () => {
    const { look } = await start();
    for (const query of ['', '?namespace=A%2FB', '?namespace=a&service=B']) {
      expect((await look(PATH.replace(/\?.*/, query))).status).toBe(400);
    }
  });

  it('tells forbidden, unreachable and not installed apart', async () => {
    const forbidden = clusterWithServer();
    forbidden.denied.add('list prometheuses');
    expect((await (await start({ client: forbidden })).look()).body).toEqual(
      expect.objectContaining({
        detection: {
          status: 'forbidden',
          reason: 'cannot list prometheuses',
        },
        servers: [],
      }),
    );

    const down = clusterWithServer();
    down.list = async () => {
      throw new ClusterUnreachableError('Cluster dev cannot be reached');
    };
    expect(
      (await (await start({ client: down })).look()).body.detection,
    ).toEqual({
      status: 'unreachable',
      reason: 'Cluster dev cannot be reached',
    });

    const bare = clusterWithServer();
    bare.uninstall('monitoring.coreos.com');
    expect((await (await start({ client: bare })).look()).body).toMatchObject({
      detection: { status: 'notInstalled' },
      servers: [],
    });
  });

  it('asks as the user where the cluster is reached with his token', async () => {
    const { look, usedTokens } = await start({
      cluster: { access: 'userToken' },
    });
    expect((await look()).body.detection).toMatchObject({
      status: 'forbidden',
      reason: expect.stringContaining('Kubernetes token of their own'),
    });
    expect(usedTokens).toEqual([]);
    const answer = await look().set('x-kubernetes-token', 'mine');
    expect(answer.body.detection).toEqual({ status: 'complete' });
    expect(usedTokens).toEqual(['mine']);
  });
});
