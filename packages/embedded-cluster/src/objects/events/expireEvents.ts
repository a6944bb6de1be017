import type { Clock } from '../../model/Clock';
import type { ObjectStore } from '../store/ObjectStore';

const EVENTS = '/events';
const KEPT_MILLISECONDS = 3_600_000;
const EVERY_MILLISECONDS = 60_000;

/** Removes Events an hour after they were last written. @returns what ends it */
export function expireEvents(store: ObjectStore, clock: Clock): () => void {
  let cancel = (): void => undefined;
  const sweep = (): void => {
    const before = clock.now() - KEPT_MILLISECONDS;
    for (const event of store.list(EVENTS)) {
      const { lastTimestamp, eventTime } = event;
      const written = [
        lastTimestamp,
        eventTime,
        event.metadata.creationTimestamp,
      ]
        .map(time => (typeof time === 'string' ? Date.parse(time) : 0))
        .reduce((latest, time) => Math.max(latest, time), 0);
      if (written < before) {
        store.remove(EVENTS, event);
      }
    }
    cancel = clock.after(EVERY_MILLISECONDS, sweep);
  };
  cancel = clock.after(EVERY_MILLISECONDS, sweep);
  return () => cancel();
}
