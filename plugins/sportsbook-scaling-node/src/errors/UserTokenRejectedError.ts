import { CustomErrorBase } from '@backstage/errors';

/** The Kubernetes token of the user has expired, or the cluster does not take it. */
export class UserTokenRejectedError extends CustomErrorBase {
  name = 'UserTokenRejectedError' as const;
}
