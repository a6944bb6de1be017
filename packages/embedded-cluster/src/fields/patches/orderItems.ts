import { isRecord } from '../../model/jsonRecord';

/**
 * A merged list in the order of the patch where it has an opinion; what only
 * the server has keeps its place among the neighbours that it had there.
 *
 * @param order - items as the patch lists them
 * @param serverOrder - items as the object had them
 */
export function orderItems(
  merged: readonly unknown[],
  order: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const key = (item: unknown) =>
    mergeKey !== undefined && isRecord(item) ? item[mergeKey] : item;
  const inPatch = ranks(order.map(key));
  const onServer = ranks(serverOrder.map(key));
  const right = sorted(
    merged.filter(item => inPatch.has(key(item))),
    item => inPatch.get(key(item)),
  );
  const left = sorted(
    merged.filter(item => !inPatch.has(key(item))),
    item => onServer.get(key(item)),
  );

  const result: unknown[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const ours = i < left.length ? onServer.get(key(left[i])) : undefined;
    const theirs = j < right.length ? onServer.get(key(right[j])) : undefined;
    const isOurTurn =
      j >= right.length ||
      (ours !== undefined && theirs !== undefined && ours < theirs);
    if (isOurTurn) {
      result.push(left[i]);
      i += 1;
    } else {
      result.push(right[j]);
      j += 1;
    }
  }
  return result;
}

function ranks(keys: readonly unknown[]): Map<unknown, number> {
  const ranked = new Map<unknown, number>();
  for (const [at, key] of keys.entries()) {
    if (!ranked.has(key)) {
      ranked.set(key, at);
    }
  }
  return ranked;
}

/** Items without a rank stay where they are among the others, at the end. */
function sorted(
  items: readonly unknown[],
  rank: (item: unknown) => number | undefined,
): unknown[] {
  return [...items].sort(
    (one, other) => (rank(one) ?? items.length) - (rank(other) ?? items.length),
  );
}
