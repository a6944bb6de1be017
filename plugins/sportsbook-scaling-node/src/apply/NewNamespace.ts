import {
  KubernetesObject,
  NAMESPACE_ANNOTATIONS,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../model/objectKey';
import { SourcedObject } from '../model/SourcedObject';
import { ClusterView } from './ClusterView';

/** What to do where the namespace of an apply is absent: make it, or say why not. */
export type NewNamespace =
  | {
      /** The Namespace, and after it what belongs into it before anything else. */
      objects: readonly [KubernetesObject, ...KubernetesObject[]];
      /** Where it is configured, for messages. */
      source: string;
    }
  | {
      /** A clause without a full stop. */
      refused: string;
    };

/**
 * The objects that are missing for the namespace: all of them where it is
 * absent; of one that an interrupted run made, the rest; else none. Where it may
 * not be read, nothing is known to be missing.
 */
export async function missingForNamespace(
  view: ClusterView,
  options: {
    wanted: NewNamespace | undefined;
    /** Manifests that bring the Namespace themselves go before. */
    manifests: readonly SourcedObject[];
  },
): Promise<SourcedObject[]> {
  const { wanted, manifests } = options;
  if (wanted === undefined || 'refused' in wanted) {
    return [];
  }
  const [namespace, ...inside] = wanted.objects;
  if (
    manifests.some(
      ({ object }) =>
        objectKey(objectRefOf(object)) === objectKey(objectRefOf(namespace)),
    )
  ) {
    return [];
  }
  const live = await view.get(objectRefOf(namespace));
  if (live.status === 'unreadable') {
    return [];
  }
  const toSource = (object: KubernetesObject): SourcedObject => ({
    object,
    source: { file: wanted.source, document: 1, line: 1 },
  });
  if (live.value === undefined) {
    return wanted.objects.map(toSource);
  }
  const { annotations, deletionTimestamp } = live.value.metadata;
  if (
    annotations?.[NAMESPACE_ANNOTATIONS.madeByPolicy] === undefined ||
    deletionTimestamp !== undefined
  ) {
    return [];
  }
  const missing = await Promise.all(
    inside.map(async object => {
      const found = await view.get(objectRefOf(object));
      return found.status === 'read' && found.value === undefined
        ? [toSource(object)]
        : [];
    }),
  );
  return missing.flat();
}
