import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { labelSelectorSchema, matchesLabelSelector } from './labelSelector';

export const SERVICE_MONITOR = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
};
export const POD_MONITOR = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
};

const schema = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({
    selector: labelSelectorSchema,
    namespaceSelector: z
      .object({
        any: z.boolean().nullish(),
        matchNames: z.array(z.string()).nullish(),
      })
      .nullish(),
  }),
});

/** A Service with the pods behind it, as monitors select them. */
export interface MonitoredPods {
  namespace: string;
  /** Of the Service. */
  labels: Record<string, string>;
  podLabels: Record<string, string>;
}

/** Whether a ServiceMonitor selects a Service, or a PodMonitor its pods, whichever server takes the monitor up. */
export function monitorSelects(
  monitor: KubernetesObject,
  { namespace, labels, podLabels }: MonitoredPods,
): boolean {
  const parsed = schema.safeParse(monitor);
  if (!parsed.success) {
    return false;
  }
  const { metadata, spec } = parsed.data;
  const names = spec.namespaceSelector?.matchNames ?? [];
  const isInReach =
    spec.namespaceSelector?.any === true ||
    (names.length > 0
      ? names.includes(namespace)
      : metadata.namespace === namespace);
  return (
    isInReach &&
    matchesLabelSelector(
      spec.selector,
      monitor.kind === POD_MONITOR.kind ? podLabels : labels,
    )
  );
}
