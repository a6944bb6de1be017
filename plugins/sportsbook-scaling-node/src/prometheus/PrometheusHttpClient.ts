import { UnixTimestampSeconds } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import {
  PrometheusCredentialsError,
  PrometheusQueryError,
  PrometheusUnreachableError,
} from '../errors';
import {
  InstantSample,
  PrometheusClient,
  QueryOptions,
  RangeSeries,
  ScrapeTarget,
} from '../ports/PrometheusClient';
import {
  answerSchema,
  queryDataSchema,
  targetsDataSchema,
} from './prometheusAnswer';
import { PrometheusTransport } from './PrometheusTransport';

/** {@link PrometheusClient} over Prometheus' HTTP API, whatever the way there. */
export class PrometheusHttpClient implements PrometheusClient {
  readonly #transport: PrometheusTransport;

  constructor(transport: PrometheusTransport) {
    this.#transport = transport;
  }

  get address(): string {
    return this.#transport.address;
  }

  /** A scalar is one sample without labels. */
  async query(
    query: string,
    options: QueryOptions = {},
  ): Promise<InstantSample[]> {
    const data = await this.#get(
      `/api/v1/query?${new URLSearchParams({ query })}`,
      queryDataSchema,
      options,
    );
    if (data.resultType === 'scalar') {
      return [{ labels: {}, ...data.result }];
    }
    if (data.resultType !== 'vector') {
      throw this.#wrongType(
        query,
        data.resultType,
        'one value for each series',
      );
    }
    return data.result.map(({ metric, value }) => {
      if (value === undefined) {
        throw this.#wrongType(query, 'native histogram', 'numbers');
      }
      return { labels: metric, ...value };
    });
  }

  async queryRange(
    query: string,
    range: {
      from: UnixTimestampSeconds;
      to: UnixTimestampSeconds;
      stepSeconds: number;
    },
    options: QueryOptions = {},
  ): Promise<RangeSeries[]> {
    const parameters = new URLSearchParams({
      query,
      start: String(range.from),
      end: String(range.to),
      step: String(range.stepSeconds),
    });
    const data = await this.#get(
      `/api/v1/query_range?${parameters}`,
      queryDataSchema,
      options,
    );
    if (data.resultType !== 'matrix') {
      throw this.#wrongType(query, data.resultType, 'a range of values');
    }
    return data.result.map(({ metric, values }) => {
      if (values === undefined) {
        throw this.#wrongType(query, 'native histogram', 'numbers');
      }
      return { labels: metric, points: values };
    });
  }

  async targets(options: QueryOptions = {}): Promise<ScrapeTarget[]> {
    const data = await this.#get(
      '/api/v1/targets?state=active',
      targetsDataSchema,
      options,
    );
    return data.activeTargets;
  }

  async #get<T>(
    path: string,
    schema: z.ZodType<T>,
    options: QueryOptions,
  ): Promise<T> {
    const answer = await this.#transport.get(path, { signal: options.signal });
    if (answer.status === 401 || answer.status === 403) {
      throw new PrometheusCredentialsError(
        `Prometheus at ${this.address} wants credentials (HTTP ${answer.status}), which Backstage has none of. Ask one in front of it that lets Backstage read, or look at KEDA's own conditions.`,
      );
    }
    const parsed = answerSchema.safeParse(parseJson(answer.text));
    if (!parsed.success) {
      throw new PrometheusUnreachableError(
        // A server that replays its log answers every query with 503 in plain text.
        answer.status === 503
          ? `Prometheus at ${this.address} is not ready (503): it starts, or has no pod behind it. Try again in a moment.`
          : `What answers at ${this.address} is no Prometheus: it sent ${
              answer.status
            } and ${
              answer.contentType === '' ? 'no type' : answer.contentType
            }. Check the server address.`,
      );
    }
    if (parsed.data.status === 'error') {
      const { errorType, error } = parsed.data;
      throw new PrometheusQueryError(
        `Prometheus at ${this.address} refused the query (${errorType}): ${error}`,
        errorType,
      );
    }
    const data = schema.safeParse(parsed.data.data);
    if (!data.success) {
      throw new PrometheusUnreachableError(
        `Prometheus at ${this.address} answered in a form that is not known. Check the server address, and that it serves Prometheus' HTTP API.`,
        data.error,
      );
    }
    return data.data;
  }

  #wrongType(query: string, got: string, wanted: string): PrometheusQueryError {
    return new PrometheusQueryError(
      `The query ${query} gives a ${got}, where ${wanted} are needed. Change the query.`,
      'wrong_type',
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
