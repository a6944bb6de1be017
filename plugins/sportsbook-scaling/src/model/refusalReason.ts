import { ResponseError } from '@backstage/errors';

/** Why something failed: in the backend's own words where it answered. */
export function refusalReason(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.cause.message;
  }
  return error instanceof Error ? error.message : String(error);
}
