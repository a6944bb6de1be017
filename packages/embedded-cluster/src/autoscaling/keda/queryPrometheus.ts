import { z } from 'zod';
import { timestamp } from '../../model/Clock';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { PrometheusTrigger } from './prometheusTrigger';
import { messageOf } from '../../runtime/messageOf';

const answerSchema = z.object({
  data: z
    .object({
      result: z
        .array(z.object({ value: z.array(z.unknown()).optional() }))
        .nullish(),
    })
    .optional(),
});

function queryUrl(
  { serverAddress, query, queryParameters }: PrometheusTrigger,
  nowMilliseconds: number,
): string {
  const parameters = new URLSearchParams({ query });
  const extra = new URLSearchParams(queryParameters).toString();
  return `${serverAddress}/api/v1/query?${parameters}&time=${timestamp(
    nowMilliseconds,
  )}${extra === '' ? '' : `&${extra}`}`;
}

const failureSchema = z.object({
  name: z.string().optional(),
  message: z.string().optional(),
  cause: z.object({ code: z.string().optional() }).optional(),
});

/** Why a request did not get an answer, as Go's HTTP client puts it. */
function transportReason(url: string, error: unknown): string {
  // By shape: what fetch throws may belong to another realm.
  const { name, message, cause } = failureSchema.safeParse(error).data ?? {};
  const host = URL.canParse(url) ? new URL(url) : undefined;
  if (name === 'TimeoutError') {
    return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  }
  if (cause?.code === 'ENOTFOUND') {
    return `dial tcp: lookup ${host?.hostname}: no such host`;
  }
  if (cause?.code === 'ECONNREFUSED') {
    return `dial tcp ${host?.host}: connect: connection refused`;
  }
  return message ?? String(error);
}

async function fetchAnswer(
  trigger: PrometheusTrigger,
  context: {
    network: Pick<ClusterNetwork, 'fetch'>;
    nowMilliseconds: number;
    signal: AbortSignal;
  },
): Promise<unknown> {
  const { network, nowMilliseconds, signal } = context;
  const url = queryUrl(trigger, nowMilliseconds);
  let response: Response;
  let body: string;
  try {
    response = await network.fetch(url, {
      headers: trigger.headers,
      signal: AbortSignal.any([
        signal,
        AbortSignal.timeout(trigger.timeoutMilliseconds),
      ]),
    });
    body = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`Get "${url}": ${transportReason(url, error)}`, {
      cause: error,
    });
  }
  if (!response.ok) {
    throw new Error(
      `prometheus query api returned error. status: ${response.status}`,
    );
  }
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Error(
      `the answer of ${trigger.serverAddress} is not JSON: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

/**
 * The one value that a trigger's query has now.
 *
 * @throws Error as KEDA's scaler would fail: no answer in time, an error, more
 *   than one element, or with `ignoreNullValues: "false"` none or no finite one
 */
export async function queryPrometheus(
  trigger: PrometheusTrigger,
  context: {
    network: Pick<ClusterNetwork, 'fetch'>;
    nowMilliseconds: number;
    signal: AbortSignal;
  },
): Promise<number> {
  const { query, ignoreNullValues } = trigger;
  const answer = answerSchema.parse(await fetchAnswer(trigger, context));
  const result = answer.data?.result ?? [];
  if (result.length > 1) {
    throw new Error(`prometheus query ${query} returned multiple elements`);
  }
  const value = result.at(0)?.value ?? [];
  if (value.length === 0) {
    if (ignoreNullValues) {
      return 0;
    }
    throw new Error(
      `prometheus metrics 'prometheus' target may be lost, the ${
        result.length === 0 ? 'result' : 'value list'
      } is empty`,
    );
  }
  if (value.length < 2) {
    throw new Error(`prometheus query ${query} didn't return enough values`);
  }
  const number = parseSample(String(value[1]));
  if (Number.isFinite(number)) {
    return number;
  }
  if (ignoreNullValues) {
    return 0;
  }
  throw new Error(`prometheus query returns ${goFloat(number)}`);
}

/** @throws Error for what Prometheus never writes */
function parseSample(text: string): number {
  switch (text) {
    case 'NaN':
      return Number.NaN;
    case '+Inf':
      return Number.POSITIVE_INFINITY;
    case '-Inf':
      return Number.NEGATIVE_INFINITY;
    default: {
      const number = Number(text);
      if (text.trim() === '' || Number.isNaN(number)) {
        throw new Error(
          `strconv.ParseFloat: parsing "${text}": invalid syntax`,
        );
      }
      return number;
    }
  }
}

function goFloat(number: number): string {
  if (Number.isNaN(number)) {
    return 'NaN';
  }
  return number > 0 ? '+Inf' : '-Inf';
}
