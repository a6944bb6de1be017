import { CustomErrorBase } from '@backstage/errors';

/** A registry cannot be reached, refuses us, or lacks what was asked for. */
export class ImageRegistryError extends CustomErrorBase {
  name = 'ImageRegistryError' as const;
  /** `host` or `host:port`. */
  readonly registry: string;
  readonly reason:
    | 'unreachable'
    | 'denied'
    | 'missing'
    | 'unsupported'
    | 'unexpected';

  constructor(
    message: string,
    registry: string,
    reason: ImageRegistryError['reason'],
    cause?: unknown,
  ) {
    super(message, cause);
    this.registry = registry;
    this.reason = reason;
  }
}
