import { labelMatchers } from './labelMatchers';

/**
 * PromQL of how many replicas of a service served, as its Prometheus saw them:
 * the scrape targets of the service that answered.
 *
 * @returns an instant vector of at most one element, unit replicas; empty, and
 * not 0, while no replica answers or none is scraped
 */
export function replicaHistoryQuery(scope: {
  namespace: string;
  /** Name of the Kubernetes Service; the ServiceMonitor makes it the `job`. */
  service: string;
}): string {
  const matchers = labelMatchers({
    namespace: scope.namespace,
    job: scope.service,
  });
  return `count(up${matchers} == 1)`;
}
