import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { POD_MONITOR, SERVICE_MONITOR } from './monitorSelects';
import { MonitoredService, monitorTargets } from './monitorTargets';

const SERVICE: MonitoredService = {
  namespace: 'betting',
  labels: { app: 'odds', part: 'service' },
  podLabels: { app: 'odds', part: 'pod' },
  ports: [
    { serviceName: 'web', containerName: 'http', number: 8080 },
    { serviceName: 'admin', containerName: 'admin', number: 9000 },
  ],
};

function monitor(
  kind: { apiVersion: string; kind: string },
  spec: object,
  namespace = 'betting',
): KubernetesObject {
  return { ...kind, metadata: { name: 'm', namespace }, spec: { ...spec } };
}

const SELECTED = { selector: { matchLabels: { app: 'odds' } } };

describe('what a ServiceMonitor scrapes', () => {
  const targets = (spec: object, namespace?: string) =>
    monitorTargets(monitor(SERVICE_MONITOR, spec, namespace), SERVICE);

  it('is the port that it names, by name or by target', () => {
    expect(targets({ ...SELECTED, endpoints: [{ port: 'web' }] })).toEqual([
      { port: 0, path: '/metrics' },
    ]);
    for (const targetPort of ['admin', 9000]) {
      expect(
        targets({ ...SELECTED, endpoints: [{ targetPort, path: '/m' }] }),
      ).toEqual([{ port: 1, path: '/m' }]);
    }
    expect(targets({ ...SELECTED, endpoints: [{ port: 'http' }] })).toEqual([]);
  });

  it('is nothing of a Service that its selector does not select', () => {
    expect(
      targets({
        selector: { matchLabels: { part: 'pod' } },
        endpoints: [{ port: 'web' }],
      }),
    ).toEqual([]);
  });

  it('is in its own namespace, unless it names others', () => {
    const endpoints = [{ port: 'web' }];
    expect(targets({ ...SELECTED, endpoints }, 'other')).toEqual([]);
    for (const namespaceSelector of [
      { any: true },
      { matchNames: ['betting'] },
    ]) {
      expect(
        targets({ ...SELECTED, endpoints, namespaceSelector }, 'other'),
      ).toHaveLength(1);
    }
    expect(
      targets({
        ...SELECTED,
        endpoints,
        namespaceSelector: { matchNames: ['other'] },
      }),
    ).toEqual([]);
  });
});

describe('what a PodMonitor scrapes', () => {
  it('is the container port that it names, of pods that it selects', () => {
    const targets = (spec: object) =>
      monitorTargets(monitor(POD_MONITOR, spec), SERVICE);
    const selector = { matchLabels: { part: 'pod' } };
    for (const endpoint of [{ port: 'http' }, { portNumber: 8080 }]) {
      expect(targets({ selector, podMetricsEndpoints: [endpoint] })).toEqual([
        { port: 0, path: '/metrics' },
      ]);
    }
    expect(
      targets({
        selector: { matchLabels: { part: 'service' } },
        podMetricsEndpoints: [{ port: 'http' }],
      }),
    ).toEqual([]);
  });
});
