import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { MonitorKind, MonitorPlace } from '../../monitoring';
import { PlanContext } from '../PlanContext';

async function namespaceLabels(
  { view, objects }: PlanContext,
  namespace: string,
): Promise<Record<string, string> | undefined> {
  const inSet = objects.find(
    ({ ref }) => ref.kind === 'Namespace' && ref.name === namespace,
  );
  if (inSet !== undefined) {
    return inSet.object.metadata.labels ?? {};
  }
  const live = await view.get({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
  return live.status === 'unreadable'
    ? undefined
    : live.value?.metadata.labels ?? {};
}

/** A ServiceMonitor or PodMonitor of set or cluster, as servers select it. */
export async function monitorPlace(
  context: PlanContext,
  monitor: KubernetesObject,
): Promise<MonitorPlace> {
  const namespace = monitor.metadata.namespace ?? '';
  const kind: MonitorKind =
    monitor.kind === 'PodMonitor' ? 'PodMonitor' : 'ServiceMonitor';
  return {
    kind,
    namespace,
    labels: monitor.metadata.labels ?? {},
    namespaceLabels: await namespaceLabels(context, namespace),
  };
}
