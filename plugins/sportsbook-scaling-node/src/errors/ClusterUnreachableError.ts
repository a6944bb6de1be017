import { CustomErrorBase } from '@backstage/errors';
import { keepCause } from './keepCause';

/** Nothing that speaks for the cluster answered. */
export class ClusterUnreachableError extends CustomErrorBase {
  name = 'ClusterUnreachableError' as const;

  constructor(message: string, cause?: unknown) {
    super(message);
    keepCause(this, cause);
  }
}
