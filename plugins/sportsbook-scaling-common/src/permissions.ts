import { createPermission } from '@backstage/plugin-permission-common';

/** Literal of the catalog's resource type; importing the catalog's package for it would bring the catalog along. */
const RESOURCE_TYPE_CATALOG_ENTITY = 'catalog-entity';

/** See the scaling snapshot of an entity. */
export const sportsbookScalingReadPermission = createPermission({
  name: 'sportsbook.scaling.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Apply manifests through our actions. It says that a user may at all; where,
 * by which template and with which kinds is decided by `sportsbookScaling.apply`.
 */
export const sportsbookScalingApplyPermission = createPermission({
  name: 'sportsbook.scaling.apply',
  attributes: { action: 'create' },
});

export const sportsbookScalingPermissions = [
  sportsbookScalingReadPermission,
  sportsbookScalingApplyPermission,
];
