import { SourceFailure } from '@sportsbook/plugin-sportsbook-scaling-common';

/** What one question brought: a value, or why there is none. */
export type Observation<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      failure: SourceFailure;
      /** For the viewer: the thing, the reason, the next step. */
      message: string;
    };

export function seen<T>(value: T): Observation<T> {
  return { ok: true, value };
}

export function notSeen(
  failure: SourceFailure,
  message: string,
): Observation<never> {
  return { ok: false, failure, message };
}
