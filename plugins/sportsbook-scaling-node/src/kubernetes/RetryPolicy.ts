import { RetryClock } from './RetryClock';

/** How long a call may be tried. */
export interface RetryPolicy {
  /** Of one attempt. Default 30. */
  attemptTimeoutSeconds?: number;
  /**
   * Of all attempts and the pauses between them; 0 tries once. A running
   * attempt is not cut off by it. Default 30: a server that restarts, or whose
   * etcd is away for some seconds, is back by then.
   */
  budgetSeconds?: number;
  /** Default: the real one. */
  clock?: RetryClock;
}

export const DEFAULT_ATTEMPT_TIMEOUT_SECONDS = 30;
export const DEFAULT_BUDGET_SECONDS = 30;
