import { createHash } from 'node:crypto';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ownedBy } from './ownedBy';
import {
  serverLabelsOf,
  serverNameOf,
  type Prometheus,
} from './prometheusSpec';

/** Letters of a revision, as Kubernetes chooses them: none that make words. */
const SAFE_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const REVISION_LENGTH = 10;

export const REVISION_LABEL = 'controller-revision-hash';

function revisionOf(template: unknown): string {
  return [...createHash('sha256').update(JSON.stringify(template)).digest()]
    .slice(0, REVISION_LENGTH)
    .map(byte => SAFE_LETTERS[byte % SAFE_LETTERS.length])
    .join('');
}

function containerOf({ spec }: Prometheus) {
  const probe = (path: string, timing: Record<string, number>) => ({
    httpGet: { path, port: spec.portName, scheme: 'HTTP' },
    ...timing,
  });
  return {
    name: 'prometheus',
    image: spec.image ?? `quay.io/prometheus/prometheus:v${spec.version}`,
    imagePullPolicy: spec.imagePullPolicy ?? 'IfNotPresent',
    args: [
      '--config.file=/etc/prometheus/config_out/prometheus.env.yaml',
      '--web.enable-lifecycle',
      '--web.route-prefix=/',
      '--storage.tsdb.path=/prometheus',
    ],
    ports: [{ name: spec.portName, containerPort: 9090, protocol: 'TCP' }],
    startupProbe: probe('/-/ready', {
      periodSeconds: 15,
      timeoutSeconds: 3,
      failureThreshold: 60,
    }),
    readinessProbe: probe('/-/ready', {
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 3,
    }),
    livenessProbe: probe('/-/healthy', {
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 6,
    }),
    resources: spec.resources ?? {},
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
  };
}

/** Metadata and spec that all pods of a server share. */
function templateOf(prometheus: Prometheus) {
  const { spec } = prometheus;
  return {
    labels: {
      ...spec.podMetadata?.labels,
      ...serverLabelsOf(prometheus),
      'app.kubernetes.io/version': spec.version,
      'operator.prometheus.io/shard': '0',
    },
    annotations: {
      ...spec.podMetadata?.annotations,
      'kubectl.kubernetes.io/default-container': 'prometheus',
    },
    spec: {
      serviceAccountName: spec.serviceAccountName ?? 'default',
      automountServiceAccountToken: true,
      containers: [containerOf(prometheus)],
      securityContext: spec.securityContext ?? {},
      terminationGracePeriodSeconds: 600,
      ...Object.fromEntries(
        [
          'affinity',
          'imagePullSecrets',
          'nodeSelector',
          'priorityClassName',
          'tolerations',
          'topologySpreadConstraints',
        ].flatMap(field =>
          spec[field] === undefined ? [] : [[field, spec[field]]],
        ),
      ),
    },
  };
}

/**
 * One pod of a Prometheus, named and labelled as in a real cluster.
 *
 * @remarks
 * It has the server's container alone: what the real one's config-reloader does
 * (it unpacks the configuration and replaces its variables) the built-in server
 * does itself. It belongs to the Prometheus object directly, because nothing
 * here runs StatefulSets.
 */
export function serverPodOf(
  prometheus: Prometheus,
  ordinal: number,
): KubernetesObject {
  const { labels, annotations, spec } = templateOf(prometheus);
  const name = `${serverNameOf(prometheus)}-${ordinal}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: prometheus.namespace,
      labels: {
        ...labels,
        'apps.kubernetes.io/pod-index': String(ordinal),
        [REVISION_LABEL]: `${serverNameOf(prometheus)}-${revisionOf({
          labels,
          annotations,
          spec,
        })}`,
      },
      annotations,
      ownerReferences: [ownedBy(prometheus, { controls: true })],
    },
    spec: {
      ...spec,
      hostname: name,
      subdomain: prometheus.spec.serviceName ?? 'prometheus-operated',
    },
  };
}
