import { UnixTimestampSeconds } from '@sportsbook/plugin-sportsbook-scaling-common';

/** One series of an instant vector. */
export interface InstantSample {
  labels: Record<string, string>;
  at: UnixTimestampSeconds;
  /** NaN and ±Infinity are possible. */
  value: number;
}

export interface RangeSeries {
  labels: Record<string, string>;
  points: { at: UnixTimestampSeconds; value: number }[];
}

export interface ScrapeTarget {
  /** Labels after relabelling. */
  labels: Record<string, string>;
  scrapePool: string;
  health: 'up' | 'down' | 'unknown';
  lastError: string;
  /** Between two scrapes; undefined where the server does not say. */
  scrapeIntervalSeconds?: number;
}

export interface QueryOptions {
  signal?: AbortSignal;
}

/**
 * One Prometheus server.
 *
 * Rejects with `PrometheusUnreachableError` when it does not answer and with
 * `PrometheusQueryError` when it refuses the query.
 * https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export interface PrometheusClient {
  /** Address for messages. */
  readonly address: string;
  query(query: string, options?: QueryOptions): Promise<InstantSample[]>;
  queryRange(
    query: string,
    range: {
      from: UnixTimestampSeconds;
      to: UnixTimestampSeconds;
      stepSeconds: number;
    },
    options?: QueryOptions,
  ): Promise<RangeSeries[]>;
  /** Active targets. */
  targets(options?: QueryOptions): Promise<ScrapeTarget[]>;
}
