import { ClusterUnreachableError, KubernetesApiError } from '../errors';

/** Reasons with which Kubernetes itself says that the call may be made again. */
const PASSING_REASONS = [
  'InternalError',
  'ServerTimeout',
  'ServiceUnavailable',
  'Timeout',
  'TooManyRequests',
];

/** What stays wrong until somebody mends it: a name that does not exist, a certificate that does not fit. */
const LASTING_NETWORK_TROUBLE =
  /\bENOTFOUND\b|certificate|\bEPROTO\b|no Kubernetes API server/i;

/**
 * Whether the same call may succeed in a moment. All calls are such that a
 * second one does no harm.
 *
 * A 500 counts only with one of Kubernetes' own reasons, or with a
 * `Retry-After`: a manifest that does not fit its schema is a 500 without a
 * reason, and stays one.
 */
export function retryable(error: unknown): boolean {
  if (error instanceof ClusterUnreachableError) {
    return !LASTING_NETWORK_TROUBLE.test(error.message);
  }
  if (!(error instanceof KubernetesApiError)) {
    return false;
  }
  const { status, reason, message, retryAfterSeconds } = error;
  return (
    status === 429 ||
    status === 502 ||
    status === 503 ||
    status === 504 ||
    (status >= 500 && retryAfterSeconds !== undefined) ||
    (reason !== undefined && PASSING_REASONS.includes(reason)) ||
    (status === 409 &&
      /Operation cannot be fulfilled on resourcequotas/.test(message)) ||
    /etcdserver: .*(leader changed|timed out|proposal dropped)/.test(message) ||
    /failed calling (admission )?webhook/.test(message) ||
    /conversion webhook for .+ failed:/.test(message) ||
    /\bGOAWAY\b/.test(message)
  );
}

/**
 * Whether somebody else wrote the object in the same moment. The server has
 * merged anew by the next attempt, unless the call insists on one version.
 */
export function wasOvertaken(error: unknown): boolean {
  return (
    error instanceof KubernetesApiError &&
    error.status === 409 &&
    /the object has been modified; please apply your changes to the latest version/.test(
      error.message,
    )
  );
}
