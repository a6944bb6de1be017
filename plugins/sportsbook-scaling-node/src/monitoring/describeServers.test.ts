import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import {
  prometheusObject,
  serverService,
} from './__testUtils__/prometheusObject';
import { describeServers } from './describeServers';
import { Listing } from './Listing';
import { PROMETHEUS_AGENT } from './prometheusObject';

function configured(
  entry: Partial<ConfiguredPrometheus> & { name: string },
): ConfiguredPrometheus {
  return {
    address: undefined,
    serviceMonitorLabels: {},
    namespaces: ['*'],
    headers: {},
    triggerAuthentication: undefined,
    queryLabels: {},
    hastenReload: false,
    ...entry,
  };
}

function described(
  objects: KubernetesObject[],
  services: Listing,
  entries: ConfiguredPrometheus[] = [],
) {
  return describeServers({
    objects,
    services: new Map([['monitoring', services]]),
    configured: entries,
  });
}

describe('the address of a Prometheus object', () => {
  const k8s = prometheusObject('k8s');
  const batch = prometheusObject('batch');
  const addresses = (...args: Parameters<typeof described>) =>
    described(...args).map(({ name, address }) => [name, address]);

  it('is the Service that leads to it and to no other', () => {
    expect(
      addresses([k8s, batch], {
        items: [
          serverService('all', { 'app.kubernetes.io/name': 'prometheus' }),
          serverService(
            'k8s',
            { prometheus: 'k8s' },
            { name: 'http', port: 80, targetPort: 'web' },
          ),
          serverService(
            'batch-metrics',
            { prometheus: 'batch' },
            { name: 'reloader', port: 8080, targetPort: 'reloader-web' },
          ),
          serverService('batch', { 'operator.prometheus.io/name': 'batch' }),
        ],
      }),
    ).toEqual([
      ['monitoring/k8s', { url: 'http://k8s.monitoring.svc:80' }],
      ['monitoring/batch', { url: 'http://batch.monitoring.svc:9090' }],
    ]);
  });

  it('has the scheme and the prefix that the object says', () => {
    const prefixed = prometheusObject('k8s', {
      routePrefix: '/metrics/',
      web: { tlsConfig: { keySecret: {} } },
    });
    expect(
      addresses([prefixed], {
        items: [serverService('k8s', { prometheus: 'k8s' })],
      }),
    ).toEqual([
      ['monitoring/k8s', { url: 'https://k8s.monitoring.svc:9090/metrics' }],
    ]);
  });

  it('is the Service of all only while it is the only server, with a warning', () => {
    expect(addresses([k8s], { items: [] })).toEqual([
      [
        'monitoring/k8s',
        {
          url: 'http://prometheus-operated.monitoring.svc:9090',
          warning: expect.stringContaining('give it a Service of its own'),
        },
      ],
    ]);
    expect(addresses([k8s, batch], { items: [] })).toEqual([
      [
        'monitoring/k8s',
        {
          missing:
            'no Service of namespace monitoring leads to it alone, and prometheus-operated stands for 2 servers; make a Service with selector prometheus=k8s',
        },
      ],
      ['monitoring/batch', { missing: expect.any(String) }],
    ]);
  });

  it('is not guessed where Services may not be listed', () => {
    expect(
      addresses([k8s, batch], { items: [], unreadable: 'forbidden' }),
    ).toEqual(
      [k8s, batch].map(() => [
        expect.any(String),
        {
          missing:
            'the Services of namespace monitoring may not be listed, and prometheus-operated stands for 2 servers',
        },
      ]),
    );
  });

  it.each([
    ['with shards', prometheusObject('k8s', { shards: 3 }), 'it has 3 shards'],
    [
      'that listens on loopback',
      prometheusObject('k8s', { listenLocal: true }),
      'loopback only',
    ],
    [
      'that is an agent',
      { ...prometheusObject('k8s'), ...PROMETHEUS_AGENT },
      'PrometheusAgent monitoring/k8s is an agent, which answers no queries',
    ],
  ])('does not exist for one %s', (_title, object, reason) => {
    expect(
      addresses([object], {
        items: [serverService('k8s', { prometheus: 'k8s' })],
      }),
    ).toEqual([
      ['monitoring/k8s', { missing: expect.stringContaining(reason) }],
    ]);
  });
});

describe('what is known of servers', () => {
  it('comes from objects and configuration, which may add to an object', () => {
    const [k8s, mimir] = described([prometheusObject('k8s')], { items: [] }, [
      configured({ name: 'mimir', address: 'http://mimir.mimir.svc:8080' }),
      configured({
        name: 'monitoring/k8s',
        address: 'http://front.monitoring.svc:9090',
        hastenReload: true,
      }),
    ]);
    expect(k8s).toMatchObject({
      name: 'monitoring/k8s',
      source: 'object',
      version: '3.13.1',
      address: { url: 'http://front.monitoring.svc:9090' },
      configured: { hastenReload: true },
    });
    expect(mimir).toMatchObject({
      name: 'mimir',
      source: 'configuration',
      address: { url: 'http://mimir.mimir.svc:8080' },
      selection: { type: 'stated', namespaces: ['*'] },
    });
  });

  it('says of a paused or absent server that it is', () => {
    const [server] = described(
      [
        {
          ...prometheusObject('k8s', { paused: true }),
          status: { conditions: [{ type: 'Available', status: 'False' }] },
        },
      ],
      { items: [] },
    );
    expect(server.warnings).toEqual([
      expect.stringMatching(/^is paused/),
      'is not available right now',
    ]);
  });

  it('says of a configured object that is not there', () => {
    expect(
      described([], { items: [] }, [configured({ name: 'monitoring/gone' })]),
    ).toMatchObject([
      { address: { missing: 'there is no Prometheus object of this name' } },
    ]);
  });
});
