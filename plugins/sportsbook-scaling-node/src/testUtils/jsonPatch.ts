import { JsonPatchOperation } from '../ports/KubernetesClient';
import { cloneJson } from './cloneJson';
import { FieldOwners } from './FieldOwners';
import { FieldSet, setAt } from './fieldSets';
import { assertVersion, OwnedObject } from './serverSideApply';

type Tree = Record<string, unknown>;

interface ManagedFields {
  manager: string;
  operation: 'Apply' | 'Update';
  fieldsV1: Tree;
}

function fieldSetOfTree(tree: Tree, path: string[] = []): FieldSet {
  const keys = Object.keys(tree).filter(key => key.startsWith('f:'));
  return new Set(
    keys.length === 0
      ? [JSON.stringify(path)]
      : keys.flatMap(key => [
          ...fieldSetOfTree(tree[key] as Tree, [...path, key.slice(2)]),
        ]),
  );
}

function ownersOf(entries: readonly ManagedFields[]): FieldOwners {
  return new Map(
    entries.map(({ manager, operation, fieldsV1 }) => [
      manager,
      { operation, fields: fieldSetOfTree(fieldsV1) },
    ]),
  );
}

/** An object after a JSON patch: replaced managers, a version that has to be the stored one, other values. */
export function jsonPatch(
  before: OwnedObject,
  patch: readonly JsonPatchOperation[],
): OwnedObject {
  const object = cloneJson(before.object);
  let { owners } = before;
  for (const operation of patch) {
    const path = operation.path
      .split('/')
      .slice(1)
      .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const value = 'value' in operation ? operation.value : undefined;
    if (operation.path === '/metadata/resourceVersion') {
      assertVersion(before.object, value);
    } else if (operation.path === '/metadata/managedFields') {
      owners = ownersOf(value as ManagedFields[]);
    } else {
      setAt(object, path, value);
    }
  }
  return { object, owners };
}
