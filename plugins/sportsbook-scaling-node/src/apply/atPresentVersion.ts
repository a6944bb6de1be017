import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { commonFields, FieldsV1, uniteFields, valuesAt } from './fieldSets';
import { fieldsOwnedBy, managedFieldsOf } from './fieldOwnership';
import { planMigration } from './migrateManagers';
import { PlanContext } from './PlanContext';
import { ComparisonWithHandover } from './replicasHandover';

/** All of an object that bears on what we write: values of our fields, and who else owns them. */
function bearing(object: KubernetesObject, fields: FieldsV1): unknown {
  const owners = managedFieldsOf(object)
    .map(({ manager, operation, subresource, fieldsV1 }) => ({
      who: JSON.stringify([manager, operation, subresource]),
      fields: commonFields(fieldsV1, fields),
    }))
    .filter(owner => Object.keys(owner.fields).length > 0)
    .sort((a, b) => (a.who < b.who ? -1 : 1));
  return { owners, values: valuesAt(object, fields) };
}

/**
 * The comparison for the version that the object has now, where nothing that
 * bears on our fields has changed since; undefined: it has to be made anew.
 *
 * @remarks
 * Between this read and the write lies no other call. With dry runs in between
 * a busy second writer would win every time, whatever he writes.
 */
export async function atPresentVersion(
  { client, choices, signal }: PlanContext,
  comparison: ComparisonWithHandover,
): Promise<ComparisonWithHandover | undefined> {
  const { object, live: before, desired, write } = comparison;
  const live = await client.get(object.ref, { signal });
  if (
    live === undefined ||
    before === undefined ||
    live.metadata.uid !== before.metadata.uid
  ) {
    return undefined;
  }
  const fields = uniteFields([
    fieldsOwnedBy(desired, FIELD_MANAGER) ?? {},
    ...(write.migration === undefined ? [] : [write.migration.handedOver]),
  ]);
  return isDeepStrictEqual(bearing(live, fields), bearing(before, fields))
    ? {
        ...comparison,
        live,
        write: {
          ...write,
          atVersion: write.atVersion && live.metadata.resourceVersion,
          migration:
            write.migration && planMigration(live, choices.migrateFrom ?? []),
        },
      }
    : undefined;
}
