import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { cloneJson } from './cloneJson';
import { copyOwners } from './FieldOwners';
import { fieldSetOf, valueAt } from './fieldSets';
import { OwnedObject } from './serverSideApply';

/** An object after a controller's update; the manager owns all that it set. */
export function controllerUpdate(
  { object, owners: before }: OwnedObject,
  change: (object: KubernetesObject) => void,
  manager: string,
): OwnedObject {
  const changed = cloneJson(object);
  change(changed);
  const owners = copyOwners(before);
  const set = [...fieldSetOf(changed)].filter(
    field =>
      !isDeepStrictEqual(
        valueAt(object, JSON.parse(field)),
        valueAt(changed, JSON.parse(field)),
      ),
  );
  if (set.length > 0) {
    owners.forEach(({ fields }) => set.forEach(field => fields.delete(field)));
    owners.set(manager, { operation: 'Update', fields: new Set(set) });
  }
  return { object: changed, owners };
}
