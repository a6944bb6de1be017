import { ScrapeTarget } from '../ports/PrometheusClient';

/** A pod's endpoint that several monitors make a server scrape. */
export interface SharedEndpoint {
  pod: string;
  /** Host and port. */
  instance: string;
  /** As the server names them, such as `serviceMonitor/betting/odds/0`, in alphabetical order. */
  scrapePools: string[];
}

/**
 * Endpoints of pods that more than one scrape pool scrapes, one pool for each
 * endpoint of each monitor.
 *
 * @remarks
 * The series cannot tell: those of two monitors with the same labels are one
 * and the same, and each scrape of either goes into it.
 */
export function sharedEndpoints(
  targets: readonly ScrapeTarget[],
  options: { namespace: string; pods: readonly string[] },
): SharedEndpoint[] {
  const pools = new Map<string, SharedEndpoint>();
  for (const { labels, scrapePool } of targets) {
    const { namespace, pod, instance } = labels;
    if (namespace !== options.namespace || !options.pods.includes(pod)) {
      continue;
    }
    const key = JSON.stringify([pod, instance]);
    const known = pools.get(key) ?? { pod, instance, scrapePools: [] };
    if (!known.scrapePools.includes(scrapePool)) {
      known.scrapePools.push(scrapePool);
    }
    pools.set(key, known);
  }
  return [...pools.values()]
    .filter(({ scrapePools }) => scrapePools.length > 1)
    .map(shared => ({ ...shared, scrapePools: shared.scrapePools.sort() }));
}
