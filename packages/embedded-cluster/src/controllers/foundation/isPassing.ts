import { StatusError } from '../../model/StatusError';

/** An object that changed or went between a controller's read and its write: the next round settles it. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    (error.reason === 'Conflict' || error.reason === 'NotFound')
  );
}
