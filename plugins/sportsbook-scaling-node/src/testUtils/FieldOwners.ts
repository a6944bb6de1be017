import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { FieldSet, fieldsV1Of } from './fieldSets';

/** Who owns which fields of an object, by manager. */
export type FieldOwners = Map<
  string,
  { operation: 'Apply' | 'Update'; fields: FieldSet }
>;

export function copyOwners(owners: FieldOwners): FieldOwners {
  return new Map(
    [...owners].map(([manager, { operation, fields }]) => [
      manager,
      { operation, fields: new Set(fields) },
    ]),
  );
}

/** The object as a server shows it. */
export function withManagedFields(
  object: KubernetesObject,
  owners: FieldOwners,
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: [...owners]
        .filter(([, { fields }]) => fields.size > 0)
        .map(([manager, { operation, fields }]) => ({
          manager,
          operation,
          fieldsType: 'FieldsV1',
          fieldsV1: fieldsV1Of(fields),
        })),
    },
  };
}
