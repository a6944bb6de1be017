import type { ResourceType } from '../../model/ResourceType';
import type { TypeSchema } from '../../model/TypeSchema';

const ANYTHING: TypeSchema = {
  type: 'object',
  property: () => undefined,
  propertyNames: () => [],
  required: [],
  listType: 'atomic',
  listMapKeys: [],
  mapType: 'granular',
  preserveUnknownFields: true,
  embeddedResource: false,
  intOrString: false,
  nullable: false,
  patchStrategy: [],
  rules: [],
  raw: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

/** What the `scale` subresource of every kind takes and gives. It is no kind of its own. */
export const SCALE_TYPE: ResourceType = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  listKind: 'ScaleList',
  plural: 'scales',
  singular: 'scale',
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: ['get', 'patch', 'update'],
  subresources: [],
  schema: ANYTHING,
  custom: false,
};
