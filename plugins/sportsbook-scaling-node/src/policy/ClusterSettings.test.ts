import { ConfigReader } from '@backstage/config';
import { ClusterSettings } from './ClusterSettings';
import { readPrometheusSettings } from './prometheusSettings';

const configOf = (sportsbookScaling: object) =>
  new ConfigReader({ sportsbookScaling: { ...sportsbookScaling } });

describe('ClusterSettings', () => {
  it('gives what is configured for a cluster, and defaults for all others', () => {
    const settings = ClusterSettings.fromConfig(
      configOf({
        clusters: [
          { name: 'dev', nodeAddress: '127.0.0.1', access: 'userToken' },
          {
            name: 'stage',
            access: 'userToken',
            snapshotAccess: 'sharedAccount',
          },
        ],
      }),
    );
    expect(settings.for('dev')).toEqual({
      nodeAddress: '127.0.0.1',
      access: 'userToken',
      snapshotAccess: 'none',
      delivery: { type: 'apply' },
      prometheus: [],
    });
    expect(settings.for('stage')).toMatchObject({
      access: 'userToken',
      snapshotAccess: 'sharedAccount',
    });
    expect(settings.for('prod')).toEqual({
      nodeAddress: undefined,
      access: 'sharedAccount',
      snapshotAccess: 'sharedAccount',
      delivery: { type: 'apply' },
      prometheus: [],
    });
  });

  it('refuses addresses with a scheme, unknown modes and clusters listed twice', () => {
    expect(() =>
      ClusterSettings.fromConfig(
        configOf({
          clusters: [
            { name: 'dev', nodeAddress: 'http://127.0.0.1', access: 'mine' },
            { name: 'dev' },
          ],
        }),
      ),
    ).toThrow(
      /clusters\[0\]\.nodeAddress: must be a host name.*\n.*clusters\[0\]\.access: .*sharedAccount/,
    );
    expect(() =>
      ClusterSettings.fromConfig(
        configOf({ clusters: [{ name: 'dev' }, { name: 'dev' }] }),
      ),
    ).toThrow("clusters[1].name: 'dev' is listed twice");
  });
});

describe('readPrometheusSettings', () => {
  it('allows no address unless one is configured', () => {
    expect(readPrometheusSettings(new ConfigReader({}))).toEqual({
      allowedAddresses: [],
      allowedNamespaces: [],
      configured: new Map(),
    });
    expect(
      readPrometheusSettings(
        configOf({
          prometheus: {
            addresses: ['https://prom.example.com'],
            namespaces: ['monitoring'],
          },
        }),
      ),
    ).toEqual({
      allowedAddresses: ['https://prom.example.com'],
      allowedNamespaces: ['monitoring'],
      configured: new Map(),
    });
  });

  it('refuses what is not an http address', () => {
    expect(() =>
      readPrometheusSettings(
        configOf({ prometheus: { addresses: ['file:///etc/passwd'] } }),
      ),
    ).toThrow('prometheus.addresses[0]: must start with http:// or https://');
  });
});
