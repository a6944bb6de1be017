import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { monitorSelects, SERVICE_MONITOR } from './monitorSelects';

/** When an object was made; undefined where it does not say. */
export function madeAt({ metadata }: KubernetesObject): Date | undefined {
  const time = Date.parse(metadata.creationTimestamp ?? '');
  return Number.isFinite(time) ? new Date(time) : undefined;
}

/** When the youngest ServiceMonitor of a Service's namespace that selects it was made; undefined where none is seen. */
export async function newestMonitor(options: {
  client: KubernetesClient;
  service: KubernetesObject;
  signal?: AbortSignal;
}): Promise<Date | undefined> {
  const { client, service, signal } = options;
  const { namespace = '', labels = {} } = service.metadata;
  try {
    const { items } = await client.list(SERVICE_MONITOR, { namespace, signal });
    return items
      .map(item => ({ ...SERVICE_MONITOR, ...item }))
      .filter(monitor =>
        monitorSelects(monitor, { namespace, labels, podLabels: {} }),
      )
      .flatMap(monitor => madeAt(monitor) ?? [])
      .sort((a, b) => b.getTime() - a.getTime())
      .at(0);
  } catch (error) {
    // What it is for is a sentence about time; the walk goes on without.
    if (
      error instanceof ClusterForbiddenError ||
      error instanceof ApiNotInstalledError
    ) {
      return undefined;
    }
    throw error;
  }
}
