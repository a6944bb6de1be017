import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { MonitoredPods, monitorSelects, POD_MONITOR } from './monitorSelects';

/** What Prometheus asks for where nobody says otherwise. */
const DEFAULT_PATH = '/metrics';

const endpoint = z.object({
  port: z.string().nullish(),
  portNumber: z.number().nullish(),
  targetPort: z.union([z.string(), z.number()]).nullish(),
  path: z.string().nullish(),
});

const schema = z.object({
  spec: z.object({
    endpoints: z.array(endpoint).nullish(),
    podMetricsEndpoints: z.array(endpoint).nullish(),
  }),
});

/** A port of a pod that answers with metrics, as its container and its Service name it. */
export interface MetricsPort {
  /** Name of the Service's port. */
  serviceName?: string;
  /** Name of the container's port. */
  containerName?: string;
  /** Number of the container's port. */
  number?: number;
}

/** What a monitor may scrape: one Service with the pods behind it. */
export interface MonitoredService extends MonitoredPods {
  ports: MetricsPort[];
}

/** One thing that a monitor scrapes: a port's index in {@link MonitoredService.ports}, and a path. */
export interface MonitorTarget {
  port: number;
  path: string;
}

/**
 * What a ServiceMonitor or PodMonitor scrapes of a service, whichever server
 * takes the monitor up; empty where it does not select it.
 */
export function monitorTargets(
  monitor: KubernetesObject,
  service: MonitoredService,
): MonitorTarget[] {
  const parsed = schema.safeParse(monitor);
  if (!parsed.success || !monitorSelects(monitor, service)) {
    return [];
  }
  const isPodMonitor = monitor.kind === POD_MONITOR.kind;
  const { endpoints, podMetricsEndpoints } = parsed.data.spec;
  return ((isPodMonitor ? podMetricsEndpoints : endpoints) ?? []).flatMap(
    wanted =>
      service.ports.flatMap((candidate, port) =>
        leadsTo(wanted, candidate, isPodMonitor)
          ? [{ port, path: wanted.path ?? DEFAULT_PATH }]
          : [],
      ),
  );
}

/** The operator's order: the port's name first, then its number, then targetPort. */
function leadsTo(
  wanted: z.infer<typeof endpoint>,
  port: MetricsPort,
  isPodMonitor: boolean,
): boolean {
  if (typeof wanted.port === 'string' && wanted.port !== '') {
    return (
      wanted.port === (isPodMonitor ? port.containerName : port.serviceName)
    );
  }
  if (typeof wanted.portNumber === 'number') {
    return wanted.portNumber === port.number;
  }
  if (wanted.targetPort === undefined || wanted.targetPort === null) {
    // Without any port every port is a target.
    return true;
  }
  return (
    wanted.targetPort === port.number ||
    wanted.targetPort === port.containerName
  );
}
