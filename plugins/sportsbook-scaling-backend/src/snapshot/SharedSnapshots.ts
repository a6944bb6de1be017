import { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { LRUCache } from 'lru-cache';
import { SnapshotSubject, subjectKey } from '../SnapshotSubject';

/** Far more than are looked at within seconds; a bound, because whoever registers entities makes more. */
const MOST_SUBJECTS = 1000;

export type TakeSnapshot = (
  subject: SnapshotSubject,
  options: { signal?: AbortSignal },
) => Promise<ScalingSnapshot>;

/**
 * One answer for all who look at the same entity within its lifetime, those
 * who come while it is being taken included.
 *
 * @remarks
 * In the process's memory, not in Backstage's cache service: that one keeps
 * values but does not join questions that are under way, and an answer of a
 * few seconds is not worth a trip to a shared store. Whoever asks has been
 * authorized before; nothing here knows the viewer.
 */
export class SharedSnapshots {
  readonly #snapshots: LRUCache<string, ScalingSnapshot, SnapshotSubject>;

  constructor(options: { take: TakeSnapshot; cacheSeconds: number }) {
    const { take, cacheSeconds } = options;
    this.#snapshots = new LRUCache({
      max: MOST_SUBJECTS,
      ttl: cacheSeconds * 1000,
      fetchMethod: (_key, _stale, { context, signal }) =>
        take(context, { signal }),
    });
  }

  async of(subject: SnapshotSubject): Promise<ScalingSnapshot> {
    return await this.#snapshots.forceFetch(subjectKey(subject), {
      context: subject,
    });
  }

  /** Forgets all answers and aborts the questions that are under way. */
  close(): void {
    this.#snapshots.clear();
  }
}
