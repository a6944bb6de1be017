import {
  Sourced,
  SourceFailure,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { LRUCache } from 'lru-cache';
import { Observation } from './Observation';

/** More services than people look at within the time that a value is kept. */
const MOST_SERVICES = 1000;

/** Failures that say nothing about what the source would show if it answered. */
const SILENT: ReadonlySet<SourceFailure> = new Set<SourceFailure>([
  'unreachable',
  'failed',
]);

interface Remembered<T> {
  lastGood?: { value: T; observedAt: UnixTimestampSeconds };
  failing?: { failure: SourceFailure; since: UnixTimestampSeconds };
}

/**
 * What one source said about each service before: the last good value, to be
 * shown as stale while the source is silent, and since when it fails.
 *
 * @remarks
 * A definite answer (absent, not installed, forbidden) ends the last value:
 * what is gone, or may no longer be seen, is not shown as if it were late.
 */
export class SourceMemory<T> {
  readonly #keepStaleSeconds: number;
  readonly #remembered = new LRUCache<string, Remembered<T>>({
    max: MOST_SERVICES,
  });

  constructor(options: { keepStaleSeconds: number }) {
    this.#keepStaleSeconds = options.keepStaleSeconds;
  }

  /** Turns what was observed at `at` into what is shown, and remembers it. */
  settle(
    service: string,
    observation: Observation<T>,
    at: UnixTimestampSeconds,
  ): Sourced<T> {
    if (observation.ok) {
      const { value } = observation;
      this.#remembered.set(service, { lastGood: { value, observedAt: at } });
      return { status: 'ok', value, observedAt: at };
    }
    const { failure, message } = observation;
    const { lastGood, failing } = this.#remembered.get(service) ?? {};
    const since = failing?.failure === failure ? failing.since : at;
    const kept =
      lastGood &&
      SILENT.has(failure) &&
      at - lastGood.observedAt <= this.#keepStaleSeconds
        ? lastGood
        : undefined;
    this.#remembered.set(service, {
      lastGood: kept,
      failing: { failure, since },
    });
    return kept
      ? { status: 'stale', ...kept, failure, message }
      : { status: failure, message, since };
  }
}
