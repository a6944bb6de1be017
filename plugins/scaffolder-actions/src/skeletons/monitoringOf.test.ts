import {
  parseScalingPolicy,
  ScalingPolicy,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ConfiguredPrometheus } from '@sportsbook/plugin-sportsbook-scaling-node';
import { monitoringOf } from './monitoringOf';

const MIMIR: ConfiguredPrometheus = {
  name: 'mimir',
  address: 'http://mimir.mimir.svc:8080/prometheus',
  serviceMonitorLabels: { 'scraped-by': 'agent' },
  namespaces: ['betting'],
  headers: { 'X-Scope-OrgID': 'betting' },
  triggerAuthentication: {
    name: 'mimir-reader',
    kind: 'TriggerAuthentication',
    modes: ['bearer'],
  },
  queryLabels: { cluster: 'dev' },
  hastenReload: false,
};

function policy(answers: Record<string, unknown>): ScalingPolicy {
  const parsed = parseScalingPolicy({
    name: 'odds',
    owner: 'group:default/trading',
    namespace: 'betting',
    cluster: 'dev',
    ...answers,
  });
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.problems));
  }
  return parsed.policy;
}

const existing = (prometheusServer: object, namespace = 'betting') =>
  monitoringOf(
    policy({ monitoring: 'existing', prometheusServer, namespace }),
    [MIMIR],
  );

describe('who measures a service', () => {
  it('is its own Prometheus, which needs nothing else', () => {
    expect(monitoringOf(policy({}), [MIMIR])).toEqual({
      ok: true,
      monitoring: {
        address: 'http://prometheus-odds.betting.svc:9090',
        server: undefined,
        serviceMonitorLabels: {},
        queryLabels: {},
        headers: {},
        triggerAuthentication: undefined,
      },
    });
  });

  it('is a Prometheus object with the labels that the form found', () => {
    expect(
      existing({
        name: 'monitoring/k8s',
        address: 'http://k8s.monitoring.svc:9090',
        serviceMonitorLabels: { release: 'stack' },
      }),
    ).toMatchObject({
      ok: true,
      monitoring: {
        server: 'monitoring/k8s',
        address: 'http://k8s.monitoring.svc:9090',
        serviceMonitorLabels: { release: 'stack' },
        headers: {},
      },
    });
  });

  it('is a configured server as the configuration has it, whatever the form says', () => {
    const byName = existing({
      name: 'mimir',
      address: 'http://elsewhere.betting.svc:9090',
    });
    const { name, namespaces, hastenReload, ...expected } = MIMIR;
    expect(byName).toEqual({
      ok: true,
      monitoring: { ...expected, server: 'mimir' },
    });
    expect(
      monitoringOf(
        policy({ monitoring: 'existing', prometheusAddress: MIMIR.address }),
        [MIMIR],
      ),
    ).toEqual(byName);
  });

  it('is no server that is unknown, or for others', () => {
    expect(existing({ name: 'thanos' })).toEqual({
      ok: false,
      problems: [
        {
          field: 'prometheusServer.name',
          message:
            "'thanos' is not configured for cluster 'dev'; there is 'mimir'",
        },
      ],
    });
    expect(existing({ name: 'mimir' }, 'trading')).toMatchObject({
      problems: [
        {
          field: 'prometheusServer.name',
          message: expect.stringContaining(
            "'mimir' is for the namespaces betting alone",
          ),
        },
      ],
    });
    expect(existing({ name: 'monitoring/k8s' })).toMatchObject({
      problems: [
        {
          field: 'prometheusServer.address',
          message: expect.stringContaining('is missing'),
        },
      ],
    });
  });

  it('cannot be one that wants the service’s own labels to be others', () => {
    const choice = (labels: Record<string, string>) =>
      existing({
        name: 'monitoring/k8s',
        address: 'http://k8s.monitoring.svc:9090',
        serviceMonitorLabels: labels,
      });
    expect(choice({ 'app.kubernetes.io/name': 'bets' })).toMatchObject({
      ok: false,
      problems: [
        {
          message: expect.stringContaining(
            "'app.kubernetes.io/name: bets' is a label of the service itself, with the value 'odds'",
          ),
        },
      ],
    });
    expect(choice({ 'app.kubernetes.io/name': 'odds' })).toMatchObject({
      ok: true,
      monitoring: { serviceMonitorLabels: {} },
    });
  });
});
