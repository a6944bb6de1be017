import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { SourcedObject } from '../model/SourcedObject';

/** Objects as if each stood in a file of its own. */
export function sourced(...objects: KubernetesObject[]): SourcedObject[] {
  return objects.map(object => ({
    object,
    source: {
      file: `k8s/${object.kind.toLowerCase()}.yaml`,
      document: 1,
      line: 1,
    },
  }));
}

const labels = { 'app.kubernetes.io/name': 'odds' };

export const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'odds', labels },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'api', image: 'odds:1' }] },
    },
  },
};

export const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'odds', labels },
  spec: { selector: labels, ports: [{ name: 'http', port: 8080 }] },
};

export const serviceMonitor: KubernetesObject = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'odds', labels },
  spec: { selector: { matchLabels: labels }, endpoints: [{ port: 'http' }] },
};

export const prometheus: KubernetesObject = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'odds', labels },
  spec: { serviceMonitorSelector: { matchLabels: labels } },
};

/** In front of {@link prometheus}, by the label that the operator gives its pods. */
export const prometheusService: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'prometheus-odds', labels },
  spec: {
    selector: { prometheus: 'odds' },
    ports: [{ name: 'web', port: 9090 }],
  },
};

/** A ScaledObject with other metadata of its trigger, where given. */
export function scaledObject(
  trigger: Record<string, unknown> = {},
): KubernetesObject {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'odds', labels },
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'odds',
      },
      minReplicaCount: 2,
      maxReplicaCount: 10,
      triggers: [
        {
          type: 'prometheus',
          metricType: 'AverageValue',
          metadata: {
            serverAddress: 'http://prometheus-odds.betting.svc:9090',
            query: 'sum(rate(http_server_requests_seconds_count[30s]))',
            threshold: '100',
            ...trigger,
          },
        },
      ],
    },
  };
}

/** In an order that an apply must not keep. */
export const serviceManifests = sourced(
  scaledObject(),
  prometheus,
  serviceMonitor,
  deployment,
  service,
);

export const gadgetDefinition: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'gadgets', kind: 'Gadget' },
    versions: [{ name: 'v1', served: true, storage: true }],
  },
};

export const gadget: KubernetesObject = {
  apiVersion: 'example.com/v1',
  kind: 'Gadget',
  metadata: { name: 'gadget', labels },
  spec: { size: 1 },
};
