import { CustomErrorBase } from '@backstage/errors';

/** A Git host cannot be reached, refuses us, or cannot take the repository. */
export class GitHostError extends CustomErrorBase {
  name = 'GitHostError' as const;
  /** `host` or `host:port`. */
  readonly host: string;
  readonly reason:
    | 'unknown'
    | 'unreachable'
    | 'denied'
    | 'ownerMissing'
    | 'taken'
    | 'unexpected';

  constructor(
    message: string,
    options: {
      host: string;
      reason: GitHostError['reason'];
      cause?: unknown;
    },
  ) {
    super(message, options.cause);
    this.host = options.host;
    this.reason = options.reason;
  }
}
