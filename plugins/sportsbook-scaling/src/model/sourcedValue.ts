import type { Sourced } from '@sportsbook/plugin-sportsbook-scaling-common';

/** What a source says or last said; undefined where it never said anything. */
export function sourcedValue<T>(sourced: Sourced<T>): T | undefined {
  return sourced.status === 'ok' || sourced.status === 'stale'
    ? sourced.value
    : undefined;
}
