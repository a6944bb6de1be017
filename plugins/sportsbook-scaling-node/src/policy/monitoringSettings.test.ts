import { ConfigReader } from '@backstage/config';
import { ClusterSettings } from './ClusterSettings';

const serversOf = (...prometheus: object[]) =>
  ClusterSettings.fromConfig(
    new ConfigReader({
      sportsbookScaling: {
        clusters: [
          { name: 'dev', prometheus: prometheus.map(entry => ({ ...entry })) },
        ],
      },
    }),
  ).for('dev').prometheus;

describe('the Prometheus servers of a cluster', () => {
  it('have defaults for all that is not said', () => {
    expect(
      serversOf({ name: 'thanos', address: 'http://thanos.mon.svc:9090' }),
    ).toEqual([
      {
        name: 'thanos',
        address: 'http://thanos.mon.svc:9090',
        serviceMonitorLabels: {},
        namespaces: ['*'],
        headers: {},
        triggerAuthentication: undefined,
        queryLabels: {},
        hastenReload: false,
      },
    ]);
  });

  it('may add to a Prometheus object, whose address is its own', () => {
    expect(
      serversOf({ name: 'monitoring/k8s', hastenReload: true }),
    ).toMatchObject([{ address: undefined, hastenReload: true }]);
  });

  it.each<[string, object, RegExp]>([
    [
      'no address',
      { name: 'thanos' },
      /address: is missing; only a Prometheus/,
    ],
    [
      'a reload of pods that nobody knows',
      { name: 'thanos', address: 'http://t.m.svc', hastenReload: true },
      /hastenReload: is possible only where name is/,
    ],
    [
      'labels that the object says itself',
      { name: 'm/k8s', serviceMonitorLabels: { release: 'x' } },
      /serviceMonitorLabels: is what the Prometheus object/,
    ],
    [
      'credentials in a header',
      {
        name: 'mimir',
        address: 'http://m.m.svc',
        headers: { Authorization: 'Basic' },
      },
      /headers\.Authorization: carries credentials/,
    ],
    [
      'a header by which an API server takes it for somebody else',
      {
        name: 'mimir',
        address: 'http://m.m.svc',
        headers: { 'Impersonate-User': 'admin' },
      },
      /headers\.Impersonate-User: is taken by what stands between/,
    ],
    [
      'a header that KEDA would cut in two',
      {
        name: 'mimir',
        address: 'http://m.m.svc',
        headers: { 'X-Scope-OrgID': 'a,b=c' },
      },
      /headers\.X-Scope-OrgID: must consist of letters/,
    ],
    [
      'credentials in the address',
      { name: 'mimir', address: 'http://me:secret@mimir' },
      /address: must be an address such as/,
    ],
    [
      'a label that is none',
      {
        name: 'mimir',
        address: 'http://m.m.svc',
        queryLabels: { 'a"} or up{b': 'c' },
      },
      /must be the name of a PromQL label/,
    ],
    [
      'an unknown mode',
      {
        name: 'mimir',
        address: 'http://m.m.svc',
        triggerAuthentication: { name: 'reader', modes: ['oauth'] },
      },
      /triggerAuthentication\.modes\[0\]/,
    ],
  ])('refuse %s', (_title, entry, message) => {
    expect(() => serversOf(entry)).toThrow(message);
  });

  it('are listed once each', () => {
    const entry = { name: 'mimir', address: 'http://m.m.svc' };
    expect(() => serversOf(entry, entry)).toThrow(
      "prometheus[1].name: 'mimir' is listed twice",
    );
  });
});
