import { ClusterUnreachableError, KubernetesApiError } from '../errors';

/**
 * Whether the same call may succeed in a moment.
 *
 * A 500 counts only with Kubernetes' own reason `InternalError`: a manifest
 * that does not fit its schema is a 500 without a reason, and stays one.
 */
export function retryable(error: unknown): boolean {
  if (error instanceof ClusterUnreachableError) {
    return true;
  }
  if (!(error instanceof KubernetesApiError)) {
    return false;
  }
  const { status, reason, message } = error;
  return (
    status === 429 ||
    status === 502 ||
    status === 503 ||
    status === 504 ||
    reason === 'InternalError' ||
    (status === 409 &&
      /Operation cannot be fulfilled on resourcequotas/.test(message)) ||
    /etcdserver: .*(leader changed|timed out)/.test(message) ||
    /conversion webhook for .+ failed:/.test(message)
  );
}
