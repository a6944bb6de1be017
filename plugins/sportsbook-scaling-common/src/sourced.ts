import { Sourced, SourceFailure, UnixTimestampSeconds } from './snapshot';

/** The value of a source, fresh or stale; undefined where there is none. */
export function sourcedValue<T>(sourced: Sourced<T>): T | undefined {
  return sourced.status === 'ok' || sourced.status === 'stale'
    ? sourced.value
    : undefined;
}

/** Why a source does not answer at present, whether or not an older value is there. */
export function sourcedFailure<T>(
  sourced: Sourced<T>,
):
  | { failure: SourceFailure; message: string; since: UnixTimestampSeconds }
  | undefined {
  switch (sourced.status) {
    case 'ok':
      return undefined;
    case 'stale':
      return {
        failure: sourced.failure,
        message: sourced.message,
        since: sourced.observedAt,
      };
    default:
      return {
        failure: sourced.status,
        message: sourced.message,
        since: sourced.since,
      };
  }
}
