import { AdmissionDeniedError } from '../../errors/AdmissionDeniedError';
import { ApiNotInstalledError } from '../../errors/ApiNotInstalledError';
import { BackstageRefusedError } from '../../errors/BackstageRefusedError';
import { ClusterForbiddenError } from '../../errors/ClusterForbiddenError';
import { FieldConflictError } from '../../errors/FieldConflictError';
import { KubernetesApiError } from '../../errors/KubernetesApiError';
import { UnknownClusterError } from '../../errors/UnknownClusterError';
import { UserTokenRejectedError } from '../../errors/UserTokenRejectedError';

const REFUSALS = [
  AdmissionDeniedError,
  ApiNotInstalledError,
  BackstageRefusedError,
  ClusterForbiddenError,
  FieldConflictError,
  UnknownClusterError,
  UserTokenRejectedError,
];

/** A 500 that is decided before anything is stored. */
const REFUSED_BY_500 =
  /failed to create typed patch object|failed calling (admission )?webhook/;

/**
 * Whether an error says that the call was not done. Any other 5xx may come from
 * a proxy on the way, or from a server whose storage went away after the write.
 */
export function isAnswer(error: unknown): boolean {
  return error instanceof KubernetesApiError
    ? error.status < 500 || REFUSED_BY_500.test(error.message)
    : REFUSALS.some(refusal => error instanceof refusal);
}
