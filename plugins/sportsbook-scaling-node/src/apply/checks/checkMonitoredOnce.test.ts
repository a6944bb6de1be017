import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { formatPlanProblem } from '../../model/PlanProblem';
import { POD_MONITOR, SERVICE_MONITOR } from '../../monitoring';
import { FakeCluster } from '../../testUtils/FakeCluster';
import {
  deployment,
  prometheus,
  prometheusService,
  scaledObject,
  service,
  serviceMonitor,
} from '../../testUtils/serviceManifests';
import { planIn } from '../__testUtils__/planIn';

const SELECTOR = { matchLabels: { 'app.kubernetes.io/name': 'odds' } };
const CONTAINER_PORT = 8080;

const withPort: KubernetesObject = {
  ...deployment,
  spec: {
    ...(deployment.spec as object),
    template: {
      metadata: { labels: SELECTOR.matchLabels },
      spec: {
        containers: [
          {
            name: 'api',
            image: 'odds:1',
            ports: [{ name: 'http', containerPort: CONTAINER_PORT }],
          },
        ],
      },
    },
  },
};

const server = {
  ...prometheus,
  spec: { serviceMonitorSelector: {}, podMonitorSelector: {} },
};

function monitor(
  kind: { apiVersion: string; kind: string },
  name: string,
  spec: object,
): KubernetesObject {
  return {
    ...kind,
    metadata: { name, namespace: 'betting' },
    spec: { selector: SELECTOR, ...spec },
  };
}

describe('a service that another monitor selects already', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  const planned = async (...more: KubernetesObject[]) => {
    const { problems, warnings } = await planIn(client, [
      scaledObject(),
      server,
      prometheusService,
      serviceMonitor,
      withPort,
      service,
      ...more,
    ]);
    return { problems: problems.map(formatPlanProblem), warnings };
  };

  it.each([
    [
      'a ServiceMonitor',
      monitor(SERVICE_MONITOR, 'older', { endpoints: [{ port: 'http' }] }),
    ],
    [
      'a ServiceMonitor by the target port',
      monitor(SERVICE_MONITOR, 'older', {
        endpoints: [{ targetPort: CONTAINER_PORT }],
      }),
    ],
    [
      'a PodMonitor',
      monitor(POD_MONITOR, 'older', {
        podMetricsEndpoints: [{ port: 'http' }],
      }),
    ],
  ])('by %s is refused, naming both', async (_title, older) => {
    client.seed(older);
    expect(await planned()).toEqual({
      problems: [
        `k8s/servicemonitor.yaml, document 1, line 1: ServiceMonitor betting/odds: the Prometheus at http://prometheus-odds.betting.svc:9090 would scrape Service betting/odds twice, since ${older.kind} betting/older selects the same port of its pods already; each request would count double. Delete ${older.kind} betting/older, or leave ServiceMonitor betting/odds out`,
      ],
      warnings: [],
    });
  });

  it.each([
    [
      'scrapes another port',
      monitor(SERVICE_MONITOR, 'sidecar', { endpoints: [{ port: 'sidecar' }] }),
    ],
    [
      'scrapes another path',
      monitor(SERVICE_MONITOR, 'probe', {
        endpoints: [{ port: 'http', path: '/probe' }],
      }),
    ],
    [
      'selects another Service',
      {
        ...monitor(SERVICE_MONITOR, 'other', { endpoints: [{ port: 'http' }] }),
        spec: {
          selector: { matchLabels: { 'app.kubernetes.io/name': 'bets' } },
          endpoints: [{ port: 'http' }],
        },
      },
    ],
    [
      'is in a namespace that the server does not look into',
      {
        ...monitor(SERVICE_MONITOR, 'other', {
          endpoints: [{ port: 'http' }],
          namespaceSelector: { any: true },
        }),
        metadata: { name: 'other', namespace: 'elsewhere' },
      },
    ],
  ])('is accepted where that one %s', async (_title, other) => {
    client.seed(other);
    expect(await planned()).toEqual({ problems: [], warnings: [] });
  });

  it('is accepted where only another server takes that one up', async () => {
    client.seed(
      monitor(SERVICE_MONITOR, 'older', { endpoints: [{ port: 'http' }] }),
    );
    const picky = {
      ...server,
      spec: { serviceMonitorSelector: SELECTOR },
    };
    const { problems } = await planIn(client, [
      scaledObject(),
      picky,
      prometheusService,
      serviceMonitor,
      withPort,
      service,
    ]);
    expect(problems).toEqual([]);
  });

  it('is found within one set, once', async () => {
    const { problems } = await planned(
      monitor(SERVICE_MONITOR, 'twin', { endpoints: [{ port: 'http' }] }),
    );
    expect(problems).toEqual([
      expect.stringContaining(
        'since ServiceMonitor betting/twin selects the same port',
      ),
    ]);
  });

  it('is itself no second one when it is applied again', async () => {
    client.seed({
      ...serviceMonitor,
      metadata: { ...serviceMonitor.metadata, namespace: 'betting' },
    });
    expect((await planned()).problems).toEqual([]);
  });

  it('goes unseen where monitors may not be listed, which is said', async () => {
    client.denied.add('list podmonitors');
    expect((await planned()).warnings).toEqual([
      expect.stringContaining('Objects of kind PodMonitor'),
    ]);
  });
});
