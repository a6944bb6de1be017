import {
  LABEL_VALUES,
  LABELS,
  serviceMonitorLabels,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  prometheusObject,
  serverService,
} from './__testUtils__/prometheusObject';
import { choosePrometheus } from './choosePrometheus';
import { describeServers, KnownServers } from './describeServers';

function choices(known: Partial<KnownServers>) {
  return choosePrometheus(
    {
      kind: 'ServiceMonitor',
      labels: serviceMonitorLabels('odds'),
      namespace: 'betting',
      namespaceLabels: { monitoring: 'on' },
    },
    describeServers({
      objects: [],
      services: new Map(),
      configured: [],
      ...known,
    }),
  );
}

const everywhere = {
  serviceMonitorSelector: {},
  serviceMonitorNamespaceSelector: {},
};

describe('the servers that a form shows', () => {
  it('begin with those that will scrape the service', () => {
    expect(
      choices({
        objects: [
          prometheusObject('apps', { serviceMonitorNamespaceSelector: null }),
          prometheusObject('k8s'),
        ],
        services: new Map([
          [
            'monitoring',
            {
              items: [
                serverService('k8s', { prometheus: 'k8s' }),
                serverService('apps', { prometheus: 'apps' }),
              ],
            },
          ],
        ]),
      }),
    ).toEqual([
      {
        name: 'monitoring/k8s',
        source: 'object',
        version: '3.13.1',
        verdict: 'scrapes',
        address: 'http://k8s.monitoring.svc:9090',
        serviceMonitorLabels: { release: 'k8s' },
        reason:
          'Selects every ServiceMonitor with release=k8s of namespaces labelled monitoring=on.',
        warnings: [],
      },
      {
        name: 'monitoring/apps',
        source: 'object',
        version: '3.13.1',
        verdict: 'refuses',
        reason:
          'Selects every ServiceMonitor with release=apps of its own namespace monitoring; this one is in betting.',
        warnings: [],
      },
    ]);
  });

  it('can be asked: one that selects and has no address is of no use', () => {
    expect(
      choices({ objects: [prometheusObject('k8s', { shards: 2 })] }),
    ).toEqual([
      expect.objectContaining({
        verdict: 'refuses',
        reason: expect.stringContaining(
          ', but KEDA cannot ask it: it has 2 shards',
        ),
      }),
    ]);
  });

  it('are for this namespace, by the configuration too', () => {
    const [choice] = choices({
      objects: [prometheusObject('k8s', everywhere)],
      configured: [
        {
          name: 'monitoring/k8s',
          address: undefined,
          serviceMonitorLabels: {},
          namespaces: ['trading'],
          headers: {},
          triggerAuthentication: undefined,
          queryLabels: {},
          hastenReload: false,
        },
      ],
    });
    expect(choice).toMatchObject({
      verdict: 'refuses',
      reason: "Backstage's configuration gives it to the namespaces trading.",
    });
  });

  it('are not those that belong to another service alone', () => {
    const own = prometheusObject('settlement', everywhere);
    own.metadata.labels = {
      [LABELS.managedBy]: LABEL_VALUES.managedBy,
      [LABELS.kubernetesId]: 'settlement',
    };
    expect(choices({ objects: [own] })).toEqual([]);
  });
});
