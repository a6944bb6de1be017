import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';

/**
 * Whether an entity gets the scaling card, for `EntitySwitch.Case`: whether it
 * has a Kubernetes id, as in apps of the new frontend system.
 */
export function isScalingAvailable(entity: Entity): boolean {
  return (
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.kubernetesId] !== undefined
  );
}
