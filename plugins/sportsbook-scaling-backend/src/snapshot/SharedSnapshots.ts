import {
  ScalingSnapshot,
  ScalingTarget,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { LRUCache } from 'lru-cache';
import { targetKey } from './targetKey';

/** Far more than are looked at within seconds; a bound, because entities name the targets. */
const MOST_TARGETS = 1000;

export type TakeSnapshot = (
  target: ScalingTarget,
  options: { signal?: AbortSignal },
) => Promise<ScalingSnapshot>;

/**
 * One answer for all who look at the same target within its lifetime, those
 * who come while it is being taken included.
 *
 * @remarks
 * In the process's memory, not in Backstage's cache service: that one keeps
 * values but does not join questions that are under way, and an answer of a
 * few seconds is not worth a trip to a shared store. Whoever asks has been
 * authorized before; nothing here knows the viewer.
 */
export class SharedSnapshots {
  readonly #snapshots: LRUCache<string, ScalingSnapshot, ScalingTarget>;

  constructor(options: { take: TakeSnapshot; cacheSeconds: number }) {
    const { take, cacheSeconds } = options;
    this.#snapshots = new LRUCache({
      max: MOST_TARGETS,
      ttl: cacheSeconds * 1000,
      fetchMethod: (_key, _stale, { context, signal }) =>
        take(context, { signal }),
    });
  }

  async of(target: ScalingTarget): Promise<ScalingSnapshot> {
    return await this.#snapshots.forceFetch(targetKey(target), {
      context: target,
    });
  }

  /** Forgets all answers and aborts the questions that are under way. */
  close(): void {
    this.#snapshots.clear();
  }
}
