import type { ResourceType } from '../../model/ResourceType';

const WARNINGS: ReadonlyMap<string, string> = new Map([
  [
    'v1 Endpoints',
    'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  ],
]);

/** What each answer about a kind warns of; undefined for a kind that stays. */
export function deprecationOf({
  group,
  version,
  kind,
}: ResourceType): string | undefined {
  return group === '' ? WARNINGS.get(`${version} ${kind}`) : undefined;
}
