import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Fate } from './FakeKubelet';
import { NAMESPACE } from './TestCluster';

export function podTemplate(
  fate: Fate = 'runs',
  labels: Record<string, string> = { app: 'web' },
) {
  return {
    metadata: { labels },
    spec: {
      containers: [
        {
          name: 'c',
          image: `${fate}:1`,
          ports: [{ name: 'http', containerPort: 8080 }],
        },
      ],
    },
  };
}

export function deployment(
  spec: Record<string, unknown> = {},
  name = 'web',
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: podTemplate(),
      ...spec,
    },
  };
}

export function replicaSet(
  spec: Record<string, unknown> = {},
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'set', namespace: NAMESPACE },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: podTemplate(),
      ...spec,
    },
  };
}

export function job(
  fate: Fate,
  spec: Record<string, unknown> = {},
): KubernetesObject {
  const { spec: podSpec } = podTemplate(fate);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'load', namespace: NAMESPACE },
    spec: {
      template: { spec: { ...podSpec, restartPolicy: 'Never' } },
      ...spec,
    },
  };
}

export function service(spec: Record<string, unknown> = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: NAMESPACE, labels: { team: 'odds' } },
    spec: {
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      ...spec,
    },
  };
}
