import { labelSelectorSchema } from './labelSelector';
import { MonitoringServer, MonitorSelectors } from './MonitoringServer';
import { MonitorPlace, whichServersSelect } from './whichServersSelect';

const NONE: MonitorSelectors = { monitors: null, namespaces: null };

function selecting(
  monitors: object | null,
  namespaces: object | null,
  kind: 'serviceMonitors' | 'podMonitors' = 'serviceMonitors',
): MonitoringServer {
  return {
    name: 'monitoring/k8s',
    source: 'object',
    selection: {
      type: 'selectors',
      namespace: 'monitoring',
      serviceMonitors: NONE,
      podMonitors: NONE,
      [kind]: {
        monitors: monitors && labelSelectorSchema.parse(monitors),
        namespaces: namespaces && labelSelectorSchema.parse(namespaces),
      },
    },
    address: { url: 'http://k8s.monitoring.svc:9090' },
    warnings: [],
  };
}

function verdictOf(
  server: MonitoringServer,
  place: Partial<MonitorPlace> = {},
) {
  const [{ verdict }] = whichServersSelect(
    {
      kind: 'ServiceMonitor',
      labels: { app: 'odds' },
      namespace: 'betting',
      namespaceLabels: {},
      ...place,
    },
    [server],
  );
  return verdict;
}

const RELEASE = { matchLabels: { release: 'stack' } };
const MONITORED = { matchLabels: { monitoring: 'on' } };

describe('what a Prometheus object selects', () => {
  it('is nothing without a selector, and everything with an empty one', () => {
    expect(verdictOf(selecting(null, {}))).toEqual({
      status: 'refuses',
      reason:
        'has no serviceMonitorSelector, and so selects no ServiceMonitor at all',
    });
    expect(verdictOf(selecting({}, {}))).toEqual({
      status: 'selects',
      reason: 'selects every ServiceMonitor of all namespaces',
    });
  });

  it('is its own namespace without a namespace selector', () => {
    expect(verdictOf(selecting({}, null))).toEqual({
      status: 'refuses',
      reason:
        'selects every ServiceMonitor of its own namespace monitoring; this one is in betting',
    });
    expect(
      verdictOf(selecting({}, null), {
        namespace: 'monitoring',
        namespaceLabels: undefined,
      }),
    ).toMatchObject({ status: 'selects' });
  });

  it('needs the labels of the namespace, and says which are missing', () => {
    const server = selecting(RELEASE, MONITORED);
    expect(verdictOf(server)).toEqual({
      status: 'refuses',
      reason:
        'selects every ServiceMonitor with release=stack of namespaces labelled monitoring=on; namespace betting lacks monitoring=on',
    });
    expect(
      verdictOf(server, { namespaceLabels: { monitoring: 'off' } }).reason,
    ).toMatch(/; namespace betting is not one of them$/);
  });

  it('may hang on a label that can be added to the monitor', () => {
    expect(
      verdictOf(selecting(RELEASE, MONITORED), {
        namespaceLabels: { monitoring: 'on' },
      }),
    ).toEqual({
      status: 'selectsWith',
      labels: { release: 'stack' },
      reason:
        'selects every ServiceMonitor with release=stack of namespaces labelled monitoring=on; this one needs release=stack',
    });
  });

  it('excludes a monitor whose own labels have other values', () => {
    expect(verdictOf(selecting({ matchLabels: { app: 'bets' } }, {}))).toEqual({
      status: 'refuses',
      reason:
        'selects every ServiceMonitor with app=bets of all namespaces; this one has other values of app',
    });
  });

  it('is not known where the labels of the namespace may not be read', () => {
    expect(
      verdictOf(selecting(RELEASE, MONITORED), { namespaceLabels: undefined }),
    ).toMatchObject({
      status: 'unknown',
      labels: { release: 'stack' },
      reason: expect.stringMatching(
        /; the labels of namespace betting may not be read$/,
      ),
    });
  });

  it('knows the label that every namespace has, readable or not', () => {
    const byName = (name: string) =>
      selecting({}, { matchLabels: { 'kubernetes.io/metadata.name': name } });
    for (const namespaceLabels of [undefined, {}]) {
      expect(verdictOf(byName('betting'), { namespaceLabels }).status).toBe(
        'selects',
      );
    }
    expect(verdictOf(byName('other')).status).toBe('refuses');
  });

  it('is told apart for ServiceMonitors and PodMonitors', () => {
    const server = selecting({}, {}, 'podMonitors');
    expect(verdictOf(server).status).toBe('refuses');
    expect(verdictOf(server, { kind: 'PodMonitor' })).toEqual({
      status: 'selects',
      reason: 'selects every PodMonitor of all namespaces',
    });
  });
});

describe('what a configured server selects', () => {
  const stated = (
    monitorLabels: Record<string, string>,
    namespaces: string[],
  ): MonitoringServer => ({
    name: 'thanos',
    source: 'configuration',
    selection: { type: 'stated', monitorLabels, namespaces },
    address: { url: 'http://thanos.monitoring.svc:9090' },
    warnings: [],
  });

  it('is what the configuration says', () => {
    expect(verdictOf(stated({}, ['*']))).toEqual({
      status: 'selects',
      reason: 'is configured to take up every ServiceMonitor of all namespaces',
    });
    expect(verdictOf(stated({ 'scraped-by': 'agent' }, ['betting']))).toEqual({
      status: 'selectsWith',
      labels: { 'scraped-by': 'agent' },
      reason:
        'is configured to take up every ServiceMonitor with scraped-by=agent of the namespaces betting; this one needs scraped-by=agent',
    });
    expect(verdictOf(stated({}, ['trading'])).status).toBe('refuses');
  });
});
