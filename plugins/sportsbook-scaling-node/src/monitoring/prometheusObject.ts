import {
  formatObjectRef,
  KubernetesObject,
  LABEL_VALUES,
  LABELS,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { labelSelectorSchema } from './labelSelector';
import { MonitoringServer } from './MonitoringServer';

export const PROMETHEUS = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
};
export const PROMETHEUS_AGENT = {
  apiVersion: 'monitoring.coreos.com/v1alpha1',
  kind: 'PrometheusAgent',
};

const labels = z.record(z.string());

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusSpec */
const schema = z.object({
  metadata: z.object({ namespace: z.string() }),
  spec: z.object({
    serviceMonitorSelector: labelSelectorSchema.nullish(),
    serviceMonitorNamespaceSelector: labelSelectorSchema.nullish(),
    podMonitorSelector: labelSelectorSchema.nullish(),
    podMonitorNamespaceSelector: labelSelectorSchema.nullish(),
    podMetadata: z.object({ labels: labels.nullish() }).nullish(),
    version: z.string().nullish(),
    shards: z.number().nullish(),
    paused: z.boolean().nullish(),
    listenLocal: z.boolean().nullish(),
    routePrefix: z.string().nullish(),
    serviceName: z.string().nullish(),
    web: z.object({ tlsConfig: z.unknown() }).nullish(),
  }),
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .nullish(),
    })
    .nullish(),
});

export type PrometheusObject = z.infer<typeof schema>;

/** A Prometheus or PrometheusAgent; undefined where its fields are not what the operator's definitions say. */
export function readPrometheusObject(
  object: KubernetesObject,
): PrometheusObject | undefined {
  const parsed = schema.safeParse(object);
  return parsed.success ? parsed.data : undefined;
}

/** What the operator puts on a server's pods, besides shard and version. */
export function serverPodLabels(
  object: KubernetesObject,
): Record<string, string> {
  const { name } = object.metadata;
  return {
    ...readPrometheusObject(object)?.spec.podMetadata?.labels,
    'app.kubernetes.io/name': 'prometheus',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'operator.prometheus.io/name': name,
    prometheus: name,
  };
}

function warningsOf({ spec, status }: PrometheusObject): string[] {
  const warnings: string[] = [];
  if (spec.paused === true) {
    warnings.push(
      'is paused: the operator gives it no new monitor until spec.paused is gone',
    );
  }
  const available = status?.conditions?.find(
    ({ type }) => type === 'Available',
  );
  if (available !== undefined && available.status !== 'True') {
    warnings.push('is not available right now');
  }
  return warnings;
}

/**
 * The server that a Prometheus or PrometheusAgent object describes; undefined
 * for an object of another shape.
 *
 * @param address - what KEDA can ask for it alone, or why there is none
 */
export function serverOfObject(
  object: KubernetesObject,
  address: MonitoringServer['address'],
): MonitoringServer | undefined {
  const read = readPrometheusObject(object);
  if (read === undefined) {
    return undefined;
  }
  const { spec } = read;
  const { labels: own = {} } = object.metadata;
  const ofService =
    own[LABELS.managedBy] === LABEL_VALUES.managedBy
      ? own[LABELS.kubernetesId]
      : undefined;
  return {
    name: `${read.metadata.namespace}/${object.metadata.name}`,
    source: 'object',
    selection: {
      type: 'selectors',
      namespace: read.metadata.namespace,
      serviceMonitors: {
        monitors: spec.serviceMonitorSelector ?? null,
        namespaces: spec.serviceMonitorNamespaceSelector ?? null,
      },
      podMonitors: {
        monitors: spec.podMonitorSelector ?? null,
        namespaces: spec.podMonitorNamespaceSelector ?? null,
      },
    },
    address: whyNotAsked(object, read) ?? address,
    ...(typeof spec.version === 'string' && {
      version: spec.version.replace(/^v/, ''),
    }),
    ...(ofService !== undefined && { ofService }),
    warnings: warningsOf(read),
  };
}

/** What makes the object's own pods the wrong ones to ask. */
function whyNotAsked(
  object: KubernetesObject,
  { spec }: PrometheusObject,
): { missing: string } | undefined {
  if (object.kind === PROMETHEUS_AGENT.kind) {
    return {
      missing: `${formatObjectRef(
        objectRefOf(object),
      )} is an agent, which answers no queries; configure the server that it writes to`,
    };
  }
  if ((spec.shards ?? 1) > 1) {
    return {
      missing: `it has ${spec.shards} shards, and each would answer for its own targets alone; configure a server that asks all of them`,
    };
  }
  return spec.listenLocal === true
    ? { missing: 'it listens on its pod’s loopback only' }
    : undefined;
}
