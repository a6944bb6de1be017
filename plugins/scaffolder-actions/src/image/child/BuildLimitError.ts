import { CustomErrorBase } from '@backstage/errors';

/** A build took more time or memory than `sportsbookScaling.image` grants it. */
export class BuildLimitError extends CustomErrorBase {
  name = 'BuildLimitError' as const;
  readonly limit: 'time' | 'memory';

  constructor(message: string, limit: 'time' | 'memory') {
    super(message);
    this.limit = limit;
  }
}
