import { createHash } from 'node:crypto';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { PlatformSettings } from '@sportsbook/plugin-sportsbook-scaling-node';
import { mockUrlReader } from './mockUrlReader';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: keda}\n';

const definition = (group: string, kind: string, plural: string) => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.${group}
spec:
  group: ${group}
  scope: Namespaced
  names: {kind: ${kind}, plural: ${plural}}
  versions: [{name: v1, served: true}]
`;

/** Release manifests that are small, by their addresses. */
export const RELEASES: Record<string, string> = {
  'https://mirror.example.com/bundle.yaml': [
    ['Prometheus', 'prometheuses'],
    ['ServiceMonitor', 'servicemonitors'],
    ['PodMonitor', 'podmonitors'],
    ['Probe', 'probes'],
    ['PrometheusRule', 'prometheusrules'],
    ['Alertmanager', 'alertmanagers'],
  ]
    .map(([kind, plural]) => definition('monitoring.coreos.com', kind, plural))
    .join(''),
  'https://mirror.example.com/keda.yaml': `${NAMESPACE}${definition(
    'keda.sh',
    'ScaledObject',
    'scaledobjects',
  )}`,
};

const pinned = (url: string, version: string) => ({
  url,
  version,
  sha256: createHash('sha256').update(RELEASES[url]).digest('hex'),
});

export const platformSettings: PlatformSettings = {
  releases: {
    prometheusOperator: pinned(
      'https://mirror.example.com/bundle.yaml',
      '0.93.0',
    ),
    keda: pinned('https://mirror.example.com/keda.yaml', '2.20.2'),
  },
};

/** Reads {@link RELEASES}, and records what it was asked for. */
export function releaseReader(texts: Record<string, string> = RELEASES) {
  const read: string[] = [];
  return {
    read,
    reader: mockUrlReader({
      readUrl: async url => {
        read.push(url);
        return { buffer: async () => Buffer.from(texts[url]) };
      },
    }),
  };
}

/** A cluster with neither operator nor KEDA. */
export function bareCluster(): FakeCluster {
  const cluster = new FakeCluster(['default', 'kube-system']);
  cluster.uninstall('monitoring.coreos.com');
  cluster.uninstall('keda.sh');
  return cluster;
}
