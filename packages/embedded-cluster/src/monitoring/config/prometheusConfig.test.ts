import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { parse } from 'yaml';
import { readPrometheus } from '../prometheusSpec';
import { readServiceMonitor } from '../serviceMonitorSpec';
import { prometheusConfig } from './prometheusConfig';

const fixtures = join(__dirname, '..', '__fixtures__');
/** A Prometheus and the monitors it selected, from a real cluster. */
const recorded: {
  monitors: KubernetesObject[];
  prometheuses: KubernetesObject[];
} = JSON.parse(readFileSync(join(fixtures, 'operator-0.93.json'), 'utf8'));

function recordedPrometheus(name: string) {
  const object = recorded.prometheuses.find(
    each => each.metadata.name === name,
  );
  if (!object) {
    throw new Error(`no Prometheus ${name} was recorded`);
  }
  return object;
}

/** @param spec - what differs from the recorded one */
function configOf(spec: Record<string, unknown>, monitorSpec = {}) {
  const object = recordedPrometheus('odds');
  const monitor = recorded.monitors.find(each => each.metadata.name === 'odds');
  if (!monitor) {
    throw new Error('no monitor odds was recorded');
  }
  return parse(
    prometheusConfig(
      readPrometheus({
        ...object,
        spec: { ...(object.spec as object), ...spec },
      }),
      [
        readServiceMonitor({
          ...monitor,
          spec: { ...(monitor.spec as object), ...monitorSpec },
        }),
      ],
    ),
  );
}

describe('prometheusConfig', () => {
  it('is to the letter what operator 0.93 wrote for the same objects', () => {
    const config = prometheusConfig(
      readPrometheus(recordedPrometheus('odds')),
      recorded.monitors.map(readServiceMonitor),
    );
    expect(config).toBe(
      gunzipSync(readFileSync(join(fixtures, 'prometheus.yaml.gz'))).toString(
        'utf8',
      ),
    );
  });

  it('discovers Endpoints, by their own labels, where the role is left out', () => {
    const config = configOf({ serviceDiscoveryRole: undefined });
    const [{ kubernetes_sd_configs: discovery, relabel_configs: relabelings }] =
      config.scrape_configs;
    expect(discovery[0].role).toBe('endpoints');
    expect(JSON.stringify(relabelings)).toContain(
      '"__meta_kubernetes_endpoint_port_name"',
    );
    expect(JSON.stringify(relabelings)).not.toContain('endpointslice');
  });

  it('bounds storage by size alone where only that is given', () => {
    expect(
      configOf({ retention: undefined, retentionSize: '1GB' }).storage,
    ).toEqual({ tsdb: { retention: { size: '1GB' } } });
    expect(configOf({ retentionSize: '1GB' }).storage).toEqual({
      tsdb: { retention: { time: '24h', size: '1GB' } },
    });
  });

  it('lets nobody replace the labels that name the server', () => {
    expect(
      configOf({ externalLabels: { prometheus: 'mine', region: 'eu' } }).global
        .external_labels,
    ).toEqual({
      prometheus: 'ec-monitoring/odds',
      prometheus_replica: '$(POD_NAME)',
      region: 'eu',
    });
  });

  it('looks only in its own namespace for monitors whose selectors it ignores', () => {
    const [{ kubernetes_sd_configs: discovery }] = configOf(
      { ignoreNamespaceSelectors: true },
      { namespaceSelector: { any: true } },
    ).scrape_configs;
    expect(discovery[0].namespaces).toEqual({ names: ['ec-monitoring'] });
  });
});
