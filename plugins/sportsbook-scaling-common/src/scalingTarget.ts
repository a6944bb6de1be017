import { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from './contract';
import { ScalingTarget } from './snapshot';

/** Where an entity's service runs, or the annotations that would have to say so. */
export type ScalingTargetResult =
  | { ok: true; target: ScalingTarget }
  | { ok: false; missing: string[] };

/**
 * Reads {@link ENTITY_ANNOTATIONS}. Cluster and namespace are never guessed: an
 * entity that leaves one out has no target.
 */
export function scalingTargetOf(entity: Entity): ScalingTargetResult {
  const read = (name: string): string | undefined => {
    const value = entity.metadata.annotations?.[name]?.trim();
    return value === '' ? undefined : value;
  };
  const cluster = read(ENTITY_ANNOTATIONS.cluster);
  const namespace = read(ENTITY_ANNOTATIONS.namespace);
  const scaledObject =
    read(ENTITY_ANNOTATIONS.scaledObject) ??
    read(ENTITY_ANNOTATIONS.kubernetesId);
  if (
    cluster !== undefined &&
    namespace !== undefined &&
    scaledObject !== undefined
  ) {
    return { ok: true, target: { cluster, namespace, scaledObject } };
  }
  return {
    ok: false,
    missing: [
      ...(cluster === undefined ? [ENTITY_ANNOTATIONS.cluster] : []),
      ...(namespace === undefined ? [ENTITY_ANNOTATIONS.namespace] : []),
      ...(scaledObject === undefined ? [ENTITY_ANNOTATIONS.kubernetesId] : []),
    ],
  };
}

/** Whether the entity's annotations name a ScaledObject: what a card's filter asks. */
export function isScalingAvailable(entity: Entity): boolean {
  return scalingTargetOf(entity).ok;
}
