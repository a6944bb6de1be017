import { rateWindowSeconds, REQUEST_METRIC, SCALED_ROUTE } from '../contract';
import { labelMatchers } from './labelMatchers';

/** Which series count as the load of one service. */
export interface ScalingQueryScope {
  namespace: string;
  /** Name of the Kubernetes Service; the ServiceMonitor makes it the `job` as well. */
  service: string;
  /** Route, default {@link SCALED_ROUTE}. */
  uri?: string;
  /**
   * Further labels that every series of it has on this server, such as the
   * `cluster` of a server that holds those of several. Default none.
   */
  labels?: Record<string, string>;
  /** Range of `rate()` in seconds, default {@link rateWindowSeconds}. */
  windowSeconds?: number;
}

/**
 * PromQL of the ScaledObject's trigger: the service's total request rate.
 *
 * @remarks
 * The total, because KEDA's AverageValue divides by the replicas itself.
 * Scoped by `job` besides `service`, because a second monitor of the same
 * Service would count each request twice.
 *
 * @returns an instant vector of at most one element, unit requests per second
 */
export function scalingQuery(scope: ScalingQueryScope): string {
  const matchers = labelMatchers({
    namespace: scope.namespace,
    service: scope.service,
    job: scope.service,
    uri: scope.uri ?? SCALED_ROUTE,
    ...scope.labels,
  });
  const window = scope.windowSeconds ?? rateWindowSeconds();
  return `sum(rate(${REQUEST_METRIC}_count${matchers}[${window}s]))`;
}
