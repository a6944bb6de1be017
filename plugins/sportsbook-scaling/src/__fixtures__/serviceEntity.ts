import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';

/** A service component; `annotations` replace its own, undefined ones are left out. */
export function serviceEntity(
  name: string,
  annotations: Record<string, string | undefined> = {},
): Entity {
  const all: Record<string, string | undefined> = {
    [ENTITY_ANNOTATIONS.kubernetesId]: 'odds-api',
    [ENTITY_ANNOTATIONS.namespace]: 'betting',
    [ENTITY_ANNOTATIONS.cluster]: 'prod-eu',
    ...annotations,
  };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: Object.fromEntries(
        Object.entries(all).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, value]],
        ),
      ),
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:odds' },
  };
}
