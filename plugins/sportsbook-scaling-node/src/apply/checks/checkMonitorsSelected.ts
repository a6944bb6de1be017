import {
  groupKindOf,
  formatObjectRef,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import {
  labelSelectorSchema,
  matchesLabelSelector,
} from './matchesLabelSelector';
import { ofSetAndCluster } from './ofSetAndCluster';

const SERVER_KINDS = [
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' },
  { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'PrometheusAgent' },
];

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

/** A server without a namespace selector looks into its own namespace only. */
async function selects(
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

/** Refuses a ServiceMonitor that no Prometheus of set or cluster would take up. */
export const checkMonitorsSelected: PlanCheck = async context => {
  const monitors = context.objects.filter(
    ({ ref }) => groupKindOf(ref) === 'monitoring.coreos.com/ServiceMonitor',
  );
  if (monitors.length === 0) {
    return { problems: [] };
  }
  const found = await Promise.all(
    SERVER_KINDS.map(kind => ofSetAndCluster(context, kind)),
  );
  const servers = found.flatMap(({ items }) => items);
  const warnings = found.flatMap(result => result.warnings);
  const problems = await Promise.all(
    monitors.map(async monitor => {
      const selected = await Promise.all(
        servers.map(server => selects(context, server, monitor)),
      );
      // Of servers that may not be listed, one may select it.
      if (selected.includes(true) || warnings.length > 0) {
        return undefined;
      }
      return {
        ref: monitor.ref,
        source: monitor.source,
        message: `no Prometheus selects it (${
          servers.length === 0
            ? 'there is none'
            : servers
                .map(server => formatObjectRef(objectRefOf(server)))
                .join(', ')
        }); give it the labels of a server's serviceMonitorSelector, in a namespace of its serviceMonitorNamespaceSelector, or add a Prometheus`,
      };
    }),
  );
  return {
    problems: problems.filter(problem => problem !== undefined),
    warnings,
  };
};
