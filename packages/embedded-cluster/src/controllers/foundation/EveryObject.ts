import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';

/** A change of any object of the cluster. */
export interface AnyChange {
  change: 'ADDED' | 'MODIFIED' | 'DELETED';
  type: ResourceType;
  object: KubernetesObject;
}

/**
 * Kinds that are stored, each in one version: versions of a definition share
 * their objects. Events are left out; nothing owns them, and they are the most.
 */
export function storedTypes(
  objects: ClusterObjects,
  { withEvents = false }: { withEvents?: boolean } = {},
): ResourceType[] {
  const chosen = new Map<string, ResourceType>();
  for (const type of objects.types()) {
    const key = `${type.group}/${type.kind}`;
    if (
      !chosen.has(key) &&
      type.verbs.includes('watch') &&
      type.verbs.includes('delete') &&
      (withEvents || type.kind !== 'Event')
    ) {
      chosen.set(key, type);
    }
  }
  return [...chosen.values()];
}

/**
 * Tells of every object as it is, and of every change from then on, also of
 * kinds that definitions add later.
 *
 * @returns what ends it
 */
export function watchEveryObject(
  objects: ClusterObjects,
  send: (change: AnyChange) => void,
): () => void {
  const watches = new Map<string, () => void>();
  const refresh = () => {
    const types = new Map(
      storedTypes(objects).map(type => [`${type.group}/${type.kind}`, type]),
    );
    for (const [key, stop] of watches) {
      if (!types.has(key)) {
        stop();
        watches.delete(key);
      }
    }
    for (const [key, type] of types) {
      if (!watches.has(key)) {
        watches.set(
          key,
          objects.watch(
            type,
            { resourceVersion: '0' },
            ({ type: change, object }) => {
              if (change !== 'BOOKMARK') {
                send({ change, type, object });
              }
            },
          ),
        );
      }
    }
  };
  refresh();
  const stopTypes = objects.onTypesChanged(refresh);
  return () => {
    stopTypes();
    for (const stop of watches.values()) {
      stop();
    }
    watches.clear();
  };
}
