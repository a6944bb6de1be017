import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { FieldsV1 } from '../../fields';
import type { ResourceType } from '../../model/ResourceType';
import { shaped } from '../kinds/shaped';

type Entries = { fieldsV1?: FieldsV1 }[] | undefined;

/** Whether anybody owns the field that the scale subresource writes. */
export function areReplicasOwned(
  type: ResourceType,
  { metadata }: KubernetesObject,
): boolean {
  const path = elementsOf(type);
  const entries = shaped<Entries>(metadata.managedFields) ?? [];
  return entries.some(({ fieldsV1 }) => has(fieldsV1, path));
}

/** Takes that field from all who own it; the object's own managedFields are replaced. */
export function disownReplicas(
  type: ResourceType,
  { metadata }: KubernetesObject,
): void {
  const path = elementsOf(type);
  const entries = shaped<Entries>(metadata.managedFields) ?? [];
  const left = entries.flatMap(entry => {
    if (!has(entry.fieldsV1, path)) {
      return [entry];
    }
    const fieldsV1 = without(entry.fieldsV1, path);
    return fieldsV1 === undefined ? [] : [{ ...entry, fieldsV1 }];
  });
  if (left.length > 0) {
    metadata.managedFields = left;
  } else {
    delete metadata.managedFields;
  }
}

function elementsOf({ scale }: ResourceType): string[] {
  return (scale?.specReplicasPath.split('.') ?? [])
    .filter(name => name !== '')
    .map(name => `f:${name}`);
}

function has(tree: FieldsV1 | undefined, path: readonly string[]): boolean {
  let at = tree;
  for (const element of path) {
    at = at?.[element];
  }
  return at !== undefined;
}

/** @returns undefined where nothing is left */
function without(
  tree: FieldsV1 | undefined,
  [element, ...below]: readonly string[],
): FieldsV1 | undefined {
  if (tree === undefined || element === undefined) {
    return undefined;
  }
  const { [element]: child, ...rest } = tree;
  const left = without(child, below);
  const next = left === undefined ? rest : { ...rest, [element]: left };
  return Object.keys(next).length === 0 ? undefined : next;
}
