import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { queueKeyOf } from '../foundation/objectKey';
import { readySinceMilliseconds } from '../views/podView';

interface Seen {
  serviceUid: string | undefined;
  /** When each pod became ready or ceased to be, by uid, in milliseconds. */
  podTimes: ReadonlyMap<string, number>;
}

/**
 * When that happened for which a Service's slices change, by which others
 * measure how fast changes of endpoints reach them.
 */
export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /**
   * Compares with the last call for the Service.
   *
   * @returns the earliest of what is new, in milliseconds; undefined where nothing has a time
   */
  changedSince(
    service: KubernetesObject,
    pods: readonly KubernetesObject[],
  ): number | undefined {
    const key = queueKeyOf(service);
    const before = this.#seen.get(key);
    const podTimes = new Map<string, number>();
    const changed: number[] = [];
    for (const pod of pods) {
      const at = readySinceMilliseconds(pod);
      const uid = pod.metadata.uid ?? '';
      if (at === undefined) {
        continue;
      }
      podTimes.set(uid, at);
      if (at > (before?.podTimes.get(uid) ?? -Infinity)) {
        changed.push(at);
      }
    }
    if (before?.serviceUid !== service.metadata.uid) {
      changed.push(Date.parse(service.metadata.creationTimestamp ?? ''));
    }
    this.#seen.set(key, { serviceUid: service.metadata.uid, podTimes });
    const times = changed.filter(at => !Number.isNaN(at));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }
}
