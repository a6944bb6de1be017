import {
  ScalingHistory,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  PrometheusClient,
  RangeSeries,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { historyRange } from './historyRange';
import { notSeen, Observation, seen } from './Observation';

/** What a Prometheus server says about one service. */
export class PrometheusSources {
  readonly #prometheus: PrometheusClient;

  constructor(prometheus: PrometheusClient) {
    this.#prometheus = prometheus;
  }

  /** The rate as the trigger's query says it now. */
  async requestsPerSecond(
    query: string,
    signal: AbortSignal,
  ): Promise<Observation<number>> {
    const samples = await this.#prometheus.query(query, { signal });
    if (samples.length > 1) {
      return notSeen('failed', this.#tooManySeries(samples.length));
    }
    const value = samples.at(0)?.value;
    if (value === undefined) {
      return notSeen(
        'absent',
        `The trigger's query has no series on ${
          this.#prometheus.address
        }: the service is not scraped, or the query's labels match nothing. Look at the targets of this Prometheus.`,
      );
    }
    return Number.isFinite(value)
      ? seen(value)
      : notSeen(
          'absent',
          `The trigger's query answers ${value} on ${
            this.#prometheus.address
          }, which is no rate. Correct the query in the ScaledObject.`,
        );
  }

  /** Rate and replicas of the last 30 minutes before `now`. */
  async history(
    queries: { requestsPerSecond: string; replicas: string },
    now: UnixTimestampSeconds,
    signal: AbortSignal,
  ): Promise<Observation<ScalingHistory>> {
    const range = historyRange(now);
    const [rate, replicas] = await Promise.all([
      this.#prometheus.queryRange(queries.requestsPerSecond, range, { signal }),
      this.#prometheus.queryRange(queries.replicas, range, { signal }),
    ]);
    if (rate.length > 1) {
      return notSeen('failed', this.#tooManySeries(rate.length));
    }
    return seen({
      ...range,
      requestsPerSecond: finitePoints(rate).map(({ at, value }) => ({
        at,
        requestsPerSecond: value,
      })),
      replicas: finitePoints(replicas).map(({ at, value }) => ({
        at,
        replicas: value,
      })),
    });
  }

  #tooManySeries(count: number): string {
    return `The trigger's query answers ${count} series on ${
      this.#prometheus.address
    }, and KEDA takes one at most. Sum them in the ScaledObject's query.`;
  }
}

function finitePoints(series: RangeSeries[]) {
  return (series.at(0)?.points ?? []).filter(({ value }) =>
    Number.isFinite(value),
  );
}
