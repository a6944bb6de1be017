import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterUnreachableError } from '../errors/ClusterUnreachableError';
import { KubernetesApiError } from '../errors/KubernetesApiError';

/** How long a wait bears an error before it gives up. */
export type Passing =
  /** As long as the wait lasts: the cluster is there, and asks for patience. */
  | 'untilDeadline'
  /** An API server that restarts, or a kind defined a moment ago, is there within it. */
  | 'aMinute'
  | 'never';

/**
 * Whether a wait goes on after an error. A server that limits its callers, or
 * has no leader at the moment, says nothing about the objects.
 */
export function passes(error: unknown): Passing {
  if (
    error instanceof ClusterUnreachableError ||
    error instanceof ApiNotInstalledError
  ) {
    return 'aMinute';
  }
  return error instanceof KubernetesApiError &&
    // 410: what was watched from is forgotten, so that it has to be listed again.
    ([408, 410, 429].includes(error.status) || error.status >= 500)
    ? 'untilDeadline'
    : 'never';
}

/** Seconds until the server wants to be asked again; 0 where it says nothing. */
export function askedPauseSeconds(error: unknown): number {
  return error instanceof KubernetesApiError ? error.retryAfterSeconds ?? 0 : 0;
}
