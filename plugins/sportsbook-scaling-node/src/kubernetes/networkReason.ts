import { isError } from '@backstage/errors';

/**
 * Why a connection failed, in words: the innermost cause that says so.
 * `fetch` wraps it as `fetch failed`, and several addresses of one host as an
 * `AggregateError` without a message.
 */
export function networkReason(error: unknown): string {
  if (!isError(error)) {
    return String(error);
  }
  if (Array.isArray(error.errors) && error.errors.length > 0) {
    return networkReason(error.errors[0]);
  }
  return isError(error.cause) ? networkReason(error.cause) : error.message;
}
