import { isError } from '@backstage/errors';

/**
 * Keeps a cause for logs and debuggers, without the sentence that
 * `CustomErrorBase` would append to a message that is complete already.
 */
export function keepCause(error: Error, cause: unknown): void {
  if (isError(cause)) {
    Object.defineProperty(error, 'cause', {
      value: cause,
      configurable: true,
      enumerable: false,
    });
  }
}
