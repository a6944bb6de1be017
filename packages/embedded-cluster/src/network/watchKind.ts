import type { ClusterObjects, WatchEvent } from '../ports/ClusterObjects';

/**
 * All objects of a kind that is always served, from the present ones on.
 *
 * @returns what ends it
 */
export function watchKind(
  objects: ClusterObjects,
  [apiVersion, kind]: readonly [string, string],
  onEvent: (event: WatchEvent) => void,
): () => void {
  const type = objects.typeOf(apiVersion, kind);
  if (!type) {
    throw new Error(`The cluster serves no ${kind} of ${apiVersion}.`);
  }
  return objects.watch(type, { resourceVersion: '0' }, event => {
    if (event.type !== 'BOOKMARK') {
      onEvent(event);
    }
  });
}
