import type { ResourceType } from '../../model/ResourceType';

/** `sh.keda.v1alpha1.ScaledObject`: the group from its end, as the server names schemas. */
export function schemaName({
  group,
  version,
  kind,
}: Pick<ResourceType, 'group' | 'version' | 'kind'>): string {
  return [...group.split('.').reverse(), version, kind].join('.');
}

export function schemaReference(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
