import { CustomErrorBase } from '@backstage/errors';

/** The identity that the call was made with may not do this on the cluster. */
export class ClusterForbiddenError extends CustomErrorBase {
  name = 'ClusterForbiddenError' as const;
}
