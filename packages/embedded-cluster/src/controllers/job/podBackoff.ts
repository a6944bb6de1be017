import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { podView } from '../views/podView';

const FIRST_MILLISECONDS = 10_000;
const MOST_MILLISECONDS = 600_000;

/**
 * How long a Job waits before its next pod: ten seconds after the first
 * failure, twice as long after each further one, nothing after a success.
 */
export function podBackoffMilliseconds(
  pods: readonly KubernetesObject[],
  nowMilliseconds: number,
): number {
  const ends = pods
    .filter(pod => {
      const { phase } = podView(pod).status;
      return phase === 'Failed' || phase === 'Succeeded';
    })
    .map(pod => ({
      failed: podView(pod).status.phase === 'Failed',
      at: endOf(pod, nowMilliseconds),
    }));
  const lastSuccess = Math.max(
    -Infinity,
    ...ends.filter(({ failed }) => !failed).map(({ at }) => at),
  );
  const failures = ends.filter(({ failed, at }) => failed && at > lastSuccess);
  if (failures.length === 0) {
    return 0;
  }
  const wait = Math.min(
    FIRST_MILLISECONDS * 2 ** (failures.length - 1),
    MOST_MILLISECONDS,
  );
  const last = Math.max(...failures.map(({ at }) => at));
  return Math.max(0, last + wait - nowMilliseconds);
}

function endOf(pod: KubernetesObject, nowMilliseconds: number): number {
  const ends = (podView(pod).status.containerStatuses ?? [])
    .map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? ''))
    .filter(at => !Number.isNaN(at));
  if (ends.length > 0) {
    return Math.max(...ends);
  }
  const deleted = Date.parse(pod.metadata.deletionTimestamp ?? '');
  return Number.isNaN(deleted) ? nowMilliseconds : deleted;
}
