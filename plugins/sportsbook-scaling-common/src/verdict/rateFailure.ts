import { SourceFailure } from '../snapshot';
import { sourcedFailure } from '../sourced';
import { formatClock } from './formatClock';
import { VerdictFacts } from './verdictFacts';

const SAYINGS: Record<SourceFailure, string> = {
  unreachable: 'Prometheus has not answered',
  absent: "the trigger's query has had no result",
  notInstalled: 'there has been no Prometheus',
  forbidden: 'Prometheus has refused the query',
  failed: "the trigger's query has failed",
};

/** `Prometheus has not answered since 21:02 UTC`; undefined where our own query works. */
export function rateFailure({ parts }: VerdictFacts): string | undefined {
  const failure = sourcedFailure(parts.requestsPerSecond);
  return (
    failure &&
    `${SAYINGS[failure.failure]} since ${formatClock(failure.since, parts.now)}`
  );
}

/** What to look at when the rate does not reach KEDA. */
export function rateNextStep({ scaledObject }: VerdictFacts): string {
  const server = scaledObject?.trigger?.serverAddress;
  return `Check that KEDA runs and that ${
    server === undefined ? 'its Prometheus' : `Prometheus at ${server}`
  } answers the trigger's query.`;
}
