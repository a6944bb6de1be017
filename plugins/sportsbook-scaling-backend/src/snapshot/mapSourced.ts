import { Sourced } from '@sportsbook/plugin-sportsbook-scaling-common';

/** The same answer, about what `part` makes of the value. */
export function mapSourced<T, U>(
  sourced: Sourced<T>,
  part: (value: T) => U,
): Sourced<U> {
  return sourced.status === 'ok' || sourced.status === 'stale'
    ? { ...sourced, value: part(sourced.value) }
    : sourced;
}
