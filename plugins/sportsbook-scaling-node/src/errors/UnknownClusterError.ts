import { CustomErrorBase } from '@backstage/errors';

/** Backstage's kubernetes plugin knows no cluster of this name. */
export class UnknownClusterError extends CustomErrorBase {
  name = 'UnknownClusterError' as const;
}
