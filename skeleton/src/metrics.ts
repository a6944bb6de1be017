import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What the ScaledObject's query and the dashboards read; unit seconds. */
export const REQUEST_METRIC = 'http_server_requests_seconds';

export const REQUEST_LABELS = ['method', 'uri', 'status'] as const;

/** Value of `uri` for whatever no route matches, so that raw paths never become series. */
export const UNKNOWN_ROUTE = 'UNKNOWN';

export interface KnownRoute {
  method: string;
  uri: string;
}

export interface Metrics {
  registry: Registry;
  requests: Histogram<(typeof REQUEST_LABELS)[number]>;
}

/**
 * A registry of its own with the request histogram and the process's metrics.
 *
 * Each known route starts with a series at zero: without one, a fresh service
 * has no request rate at all, which reads as an outage and not as calm.
 */
export function createMetrics(knownRoutes: readonly KnownRoute[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: REQUEST_METRIC,
    help: 'Duration of HTTP requests in seconds, by route',
    labelNames: REQUEST_LABELS,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  for (const { method, uri } of knownRoutes) {
    requests.zero({ method, uri, status: '200' });
  }
  return { registry, requests };
}
