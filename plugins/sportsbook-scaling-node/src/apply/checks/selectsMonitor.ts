import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import {
  labelSelectorSchema,
  matchesLabelSelector,
} from './matchesLabelSelector';

const serverSchema = z.object({
  spec: z.object({
    serviceMonitorSelector: labelSelectorSchema.nullish(),
    serviceMonitorNamespaceSelector: labelSelectorSchema.nullish(),
  }),
});

async function namespaceLabels(
  { view, objects }: PlanContext,
  namespace: string,
): Promise<Record<string, string> | undefined> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  const inSet = objects.find(
    object => object.ref.kind === 'Namespace' && object.ref.name === namespace,
  );
  // The API server itself gives every namespace this label.
  const own = { 'kubernetes.io/metadata.name': namespace };
  if (inSet !== undefined) {
    return { ...inSet.object.metadata.labels, ...own };
  }
  const live = await view.get(ref);
  return live.status === 'unreadable'
    ? undefined
    : { ...live.value?.metadata.labels, ...own };
}

/**
 * Whether a Prometheus or PrometheusAgent takes a ServiceMonitor up. One without
 * a namespace selector looks into its own namespace only.
 */
export async function selectsMonitor(
  context: PlanContext,
  server: KubernetesObject,
  monitor: ResolvedObject,
): Promise<boolean> {
  const parsed = serverSchema.safeParse(server);
  if (!parsed.success) {
    return false;
  }
  const { serviceMonitorSelector, serviceMonitorNamespaceSelector } =
    parsed.data.spec;
  if (
    serviceMonitorSelector === undefined ||
    serviceMonitorSelector === null ||
    !matchesLabelSelector(
      serviceMonitorSelector,
      monitor.object.metadata.labels ?? {},
    )
  ) {
    return false;
  }
  const namespace = monitor.ref.namespace ?? '';
  if (
    serviceMonitorNamespaceSelector === undefined ||
    serviceMonitorNamespaceSelector === null
  ) {
    return server.metadata.namespace === namespace;
  }
  const labels = await namespaceLabels(context, namespace);
  return (
    labels === undefined ||
    matchesLabelSelector(serviceMonitorNamespaceSelector, labels)
  );
}
