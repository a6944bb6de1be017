import { CustomErrorBase } from '@backstage/errors';

/**
 * Backstage itself, not the cluster, refused the call: no kubernetes plugin,
 * no permission, or a failure of its own.
 */
export class BackstageRefusedError extends CustomErrorBase {
  name = 'BackstageRefusedError' as const;
  /** HTTP status of Backstage's answer. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
