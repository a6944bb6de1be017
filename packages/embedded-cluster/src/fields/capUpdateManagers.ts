import { managerKey, type Managers, type Ownership } from './managers';

/** More entries of updates than this are put together. */
const MAX_UPDATE_MANAGERS = 10;
const OLD_UPDATES = 'ancient-changes';

/**
 * Puts the oldest entries of updates together, so that an object that many
 * managers update does not grow without end. Changes and returns `managers`.
 */
export function capUpdateManagers(managers: Managers): Managers {
  const updates = [...managers]
    .filter(([, { identity }]) => identity.operation === 'Update')
    .sort(
      ([oneKey, one], [otherKey, other]) =>
        compareText(one.time ?? '', other.time ?? '') ||
        compareText(oneKey, otherKey),
    );
  let count = updates.length;
  /** The oldest entry of each version, which becomes the first of its bucket. */
  const first = new Map<string, [string, Ownership]>();
  for (const [key, ownership] of updates) {
    if (count <= MAX_UPDATE_MANAGERS) {
      break;
    }
    const { apiVersion } = ownership.identity;
    const earlier = first.get(apiVersion);
    if (!earlier) {
      first.set(apiVersion, [key, ownership]);
      continue;
    }
    const identity = {
      manager: OLD_UPDATES,
      operation: 'Update' as const,
      apiVersion,
    };
    const bucketKey = managerKey(identity);
    const bucket = managers.get(bucketKey) ?? earlier[1];
    managers.delete(earlier[0]);
    managers.delete(key);
    managers.set(bucketKey, {
      identity,
      set: ownership.set.union(bucket.set),
      time: ownership.time,
    });
    count -= 1;
  }
  return managers;
}

function compareText(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
