import type { ResourceType } from '../../model/ResourceType';
import type { TypeSchema } from '../../model/TypeSchema';

const NO_FIELDS: readonly string[] = [];

/** Any object: what the reviews hold is read by their own schemas. */
const anyObject: TypeSchema = {
  type: 'object',
  property: () => undefined,
  propertyNames: () => NO_FIELDS,
  required: NO_FIELDS,
  listType: 'atomic',
  listMapKeys: NO_FIELDS,
  mapType: 'granular',
  preserveUnknownFields: true,
  embeddedResource: false,
  intOrString: false,
  nullable: false,
  patchStrategy: NO_FIELDS,
  rules: [],
  raw: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

/** The type of a kind that can only be created. */
export function reviewType(
  group: 'authentication.k8s.io' | 'authorization.k8s.io',
  kind: string,
  namespaced = false,
): ResourceType {
  const singular = kind.toLowerCase();
  return {
    group,
    version: 'v1',
    kind,
    listKind: `${kind}List`,
    plural: `${singular}s`,
    singular,
    shortNames: [],
    categories: [],
    namespaced,
    verbs: ['create'],
    subresources: [],
    schema: anyObject,
    custom: false,
  };
}
