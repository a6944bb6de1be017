import type {
  ScalingSnapshot,
  Sourced,
  SourceFailure,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** One source that does not say what it should. */
export interface SourceProblem {
  /** With its article, such as `The workload`. */
  source: string;
  /** What to say where the source is absent, if not that it does not exist. */
  absent?: string;
  failure: SourceFailure;
  /** What the source or the backend says about it. */
  message: string;
  /** Since when; for a source with an old value, the time of that value. */
  since: UnixTimestampSeconds;
  /** Whether an old value is shown meanwhile. */
  showsOldValue: boolean;
}

type SourceKey =
  | 'scaledObject'
  | 'autoscaler'
  | 'workload'
  | 'requestsPerSecond'
  | 'history'
  | 'events';

const SOURCES: { key: SourceKey; name: string; absent?: string }[] = [
  { key: 'scaledObject', name: 'The ScaledObject' },
  { key: 'autoscaler', name: 'The HorizontalPodAutoscaler' },
  { key: 'workload', name: 'The workload' },
  {
    key: 'requestsPerSecond',
    name: 'The query for the request rate',
    absent: 'No requests have been measured yet',
  },
  {
    key: 'history',
    name: 'The query for the history',
    absent: 'No history has been recorded yet',
  },
  { key: 'events', name: 'The event list' },
];

/**
 * The problem as a headline.
 *
 * @param sinceText - `since` as the viewer reads it; said of outages only, for
 *   the other failures did not begin at any moment that means something
 */
export function problemTitle(
  problem: Pick<SourceProblem, 'source' | 'failure' | 'absent'>,
  sinceText: string,
): string {
  const { source, failure } = problem;
  switch (failure) {
    case 'notInstalled':
      return `${source} is not installed`;
    case 'absent':
      return problem.absent ?? `${source} does not exist yet`;
    case 'forbidden':
      return `${source} may not be read`;
    case 'unreachable':
      return `${source} has not answered since ${sinceText}`;
    default:
      return `${source} has answered with errors since ${sinceText}`;
  }
}

/**
 * What is wrong with the sources, one entry each. Rate and history come from
 * the same Prometheus, so one failure of it is said once; so is one that keeps
 * the ScaledObject, and with it all the others, from being read.
 */
export function sourceProblems(snapshot: ScalingSnapshot): SourceProblem[] {
  const isPrometheusDown = isSameOutage(
    snapshot.requestsPerSecond,
    snapshot.history,
  );
  return SOURCES.flatMap(({ key, name, absent }) => {
    const problem = problemOf(snapshot[key]);
    if (
      problem === undefined ||
      (isPrometheusDown && key === 'history') ||
      (key === 'autoscaler' && isAutoscalerOnItsWay(snapshot)) ||
      (key !== 'scaledObject' && isConsequence(problem, snapshot.scaledObject))
    ) {
      return [];
    }
    const source =
      isPrometheusDown && key === 'requestsPerSecond' ? 'Prometheus' : name;
    return [{ ...problem, source, absent }];
  });
}

/** Whether the source fails for the reason that the ScaledObject fails for. */
function isConsequence(
  { message, showsOldValue }: Pick<SourceProblem, 'message' | 'showsOldValue'>,
  scaledObject: ScalingSnapshot['scaledObject'],
): boolean {
  const cause = problemOf(scaledObject)?.message;
  return cause !== undefined && !showsOldValue && message.endsWith(cause);
}

/** A young service has none yet; that is what its sentence says. */
function isAutoscalerOnItsWay({
  autoscaler,
  verdict,
}: ScalingSnapshot): boolean {
  return autoscaler.status === 'absent' && verdict.state === 'starting';
}

/** Whether both failed in the same way, and it is the server rather than its data. */
function isSameOutage(a: Sourced<unknown>, b: Sourced<unknown>): boolean {
  const failure = problemOf(a)?.failure;
  return (
    failure !== undefined &&
    failure !== 'absent' &&
    failure === problemOf(b)?.failure
  );
}

function problemOf(
  sourced: Sourced<unknown>,
): Omit<SourceProblem, 'source' | 'absent'> | undefined {
  switch (sourced.status) {
    case 'ok':
      return undefined;
    case 'stale':
      return {
        failure: sourced.failure,
        message: sourced.message,
        since: sourced.observedAt,
        showsOldValue: true,
      };
    default:
      return {
        failure: sourced.status,
        message: sourced.message,
        since: sourced.since,
        showsOldValue: false,
      };
  }
}
