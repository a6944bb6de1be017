import { CustomErrorBase } from '@backstage/errors';

/** Nothing that speaks for the cluster answered. */
export class ClusterUnreachableError extends CustomErrorBase {
  name = 'ClusterUnreachableError' as const;
}
