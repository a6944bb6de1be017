import { PrometheusClient } from '../../ports/PrometheusClient';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

function rounded(requestsPerSecond: number): string {
  return String(Math.round(requestsPerSecond * 10) / 10);
}

/** The trigger's own query gives exactly one number, which is what KEDA asks for. */
export async function queryLink(
  { signal }: ChainProbe,
  options: { prometheus: PrometheusClient; query: string },
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
