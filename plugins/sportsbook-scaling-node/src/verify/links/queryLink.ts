import { PrometheusClient } from '../../ports/PrometheusClient';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';
import { promqlSelectors } from '../promqlSelectors';
import { SCRAPES_PER_WINDOW } from '../scalingHazards';

function rounded(requestsPerSecond: number): string {
  return String(Math.round(requestsPerSecond * 10) / 10);
}

/** A rate needs two scrapes in its window. */
function shortWindow(
  query: string,
  scrapeIntervalSeconds = 0,
): (LinkOutcome<number> & { holds: false }) | undefined {
  const short = promqlSelectors(query).find(
    ({ windowSeconds }) =>
      windowSeconds !== undefined && windowSeconds < 2 * scrapeIntervalSeconds,
  );
  return short === undefined
    ? undefined
    : {
        holds: false,
        reason: `${query} gives no value: its window of ${short.windowSeconds} s holds fewer than two scrapes, of which there is one each ${scrapeIntervalSeconds} s`,
        nextStep: `use a window of at least ${
          SCRAPES_PER_WINDOW * scrapeIntervalSeconds
        } s`,
      };
}

/** The trigger's own query gives exactly one number, which is what KEDA asks for. */
export async function queryLink(
  { signal }: ChainProbe,
  options: {
    prometheus: PrometheusClient;
    query: string;
    /** Of the service's targets, where known. */
    scrapeIntervalSeconds?: number;
  },
): Promise<LinkOutcome<number>> {
  const { prometheus, query } = options;
  let samples;
  try {
    samples = await prometheus.query(query, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    return {
      holds: false,
      reason: `${query} fails: ${
        error instanceof Error ? error.message : String(error)
      }`,
      nextStep: "correct the trigger's query and apply the ScaledObject again",
    };
  }
  if (samples.length > 1) {
    return {
      holds: false,
      reason: `${query} gives ${samples.length} values, and KEDA refuses more than one`,
      nextStep: 'aggregate the series with sum(...)',
      hopeless: true,
    };
  }
  if (samples.length === 0) {
    const window = shortWindow(query, options.scrapeIntervalSeconds);
    if (window !== undefined) {
      return window;
    }
    return {
      holds: false,
      reason: `${query} gives no value`,
      nextStep:
        'compare its labels with the series that the pods expose; a fresh service must start its series at zero, and a rate needs two scrapes',
    };
  }
  const [{ value }] = samples;
  return Number.isFinite(value)
    ? {
        holds: true,
        detail: `${rounded(value)} requests/s`,
        value,
      }
    : {
        holds: false,
        reason: `${query} gives ${value}`,
        nextStep: 'correct the query, so that it never divides by zero',
      };
}
