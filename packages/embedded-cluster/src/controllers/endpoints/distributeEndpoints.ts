import type { SliceEndpoint } from '../views/sliceView';
import type { Endpoint } from './endpointsOfService';

/** As in a real cluster (`--max-endpoints-per-slice`). */
export const MAX_ENDPOINTS_PER_SLICE = 100;

/** A slice that is there, and who is in it. */
export interface PresentSlice<Slice> {
  slice: Slice;
  endpoints: readonly SliceEndpoint[];
}

export interface Distribution<Slice> {
  /** All that stay, changed or not. */
  kept: { slice: Slice; endpoints: Endpoint[] }[];
  /** Nobody is left in them. */
  empty: Slice[];
  /** What new slices hold. */
  added: Endpoint[][];
}

/**
 * Who goes into which slice: whoever is in one stays there, so that few slices
 * change. Newcomers fill the slices that change anyway, the fullest first, then
 * one that does not, where all of them fit in, and then new ones.
 */
export function distributeEndpoints<Slice>(
  present: readonly PresentSlice<Slice>[],
  wanted: readonly Endpoint[],
  limit: number = MAX_ENDPOINTS_PER_SLICE,
): Distribution<Slice> {
  const left = new Map(wanted.map(one => [keyOf(one), one]));
  const kept: { slice: Slice; endpoints: Endpoint[]; isChanged: boolean }[] =
    [];
  const empty: Slice[] = [];
  for (const { slice, endpoints: before } of present) {
    const endpoints: Endpoint[] = [];
    for (const one of before.slice(0, limit)) {
      const now = left.get(keyOf(one));
      if (now) {
        left.delete(keyOf(one));
        endpoints.push(now);
      }
    }
    if (endpoints.length > 0) {
      const isChanged = endpoints.length < before.length;
      kept.push({ slice, endpoints, isChanged });
    } else {
      empty.push(slice);
    }
  }
  const newcomers = [...left.values()];
  const byRoom = [...kept].sort(
    (a, b) => b.endpoints.length - a.endpoints.length,
  );
  for (const { endpoints } of byRoom.filter(({ isChanged }) => isChanged)) {
    endpoints.push(...newcomers.splice(0, limit - endpoints.length));
  }
  const roomy = byRoom.find(
    ({ endpoints }) => endpoints.length + (newcomers.length % limit) <= limit,
  );
  const added: Endpoint[][] = [];
  while (newcomers.length >= limit) {
    added.push(newcomers.splice(0, limit));
  }
  if (newcomers.length > 0) {
    if (roomy) {
      roomy.endpoints.push(...newcomers);
    } else {
      added.push(newcomers);
    }
  }
  return {
    kept: kept.map(({ slice, endpoints }) => ({ slice, endpoints })),
    empty,
    added,
  };
}

function keyOf({ addresses, targetRef }: SliceEndpoint): string {
  return `${targetRef?.uid ?? targetRef?.name ?? ''} ${addresses.join()}`;
}
