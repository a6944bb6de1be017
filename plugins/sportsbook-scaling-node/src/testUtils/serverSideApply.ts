import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { FieldConflictError, KubernetesApiError } from '../errors';
import { FieldConflict, formatFieldConflicts } from '../model/FieldConflict';
import { cloneJson } from './cloneJson';
import { copyOwners, FieldOwners } from './FieldOwners';
import { fieldSetOf, setAt, valueAt } from './fieldSets';

/** An object, and who owns its fields. */
export interface OwnedObject {
  object: KubernetesObject;
  owners: FieldOwners;
}

const IMMUTABLE: Record<string, string[]> = {
  'apps/Deployment': ['spec', 'selector'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
};

/**
 * What a server makes of an applied object: fields that only the manager owned
 * and left out are gone, those that it names are its own.
 *
 * @throws FieldConflictError where others own a field with another value
 * @throws KubernetesApiError where a field cannot change
 */
export function serverSideApply(
  object: KubernetesObject,
  before: OwnedObject | undefined,
  { manager, force }: { manager: string; force: boolean },
): OwnedObject {
  assertVersion(before?.object, object.metadata.resourceVersion);
  const owners = copyOwners(before?.owners ?? new Map());
  const conflicts = takeOver(object, { before, owners, manager });
  if (conflicts.length > 0 && !force) {
    throw new FieldConflictError(formatFieldConflicts(conflicts), conflicts);
  }
  const after = cloneJson(
    before?.object ?? {
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: {
        name: object.metadata.name,
        namespace: object.metadata.namespace,
      },
    },
  );
  const owned = owners.get(manager)?.fields ?? new Set();
  const claimed = fieldSetOf(object);
  owners.set(manager, { operation: 'Apply', fields: claimed });
  for (const field of owned) {
    const isKept = [...owners.values()].some(({ fields }) => fields.has(field));
    if (!isKept) {
      setAt(after, JSON.parse(field), undefined);
    }
  }
  for (const field of claimed) {
    setAt(after, JSON.parse(field), valueAt(object, JSON.parse(field)));
  }
  assertImmutable(before?.object, after);
  return { object: after, owners };
}

/** Takes fields that get another value from their owners; returns which. */
function takeOver(
  object: KubernetesObject,
  state: {
    before: OwnedObject | undefined;
    owners: FieldOwners;
    manager: string;
  },
): FieldConflict[] {
  const { before, owners, manager } = state;
  const claimed = fieldSetOf(object);
  const conflicts: FieldConflict[] = [];
  for (const [other, { fields }] of owners) {
    for (const field of other === manager ? [] : fields) {
      const path = JSON.parse(field);
      if (
        claimed.has(field) &&
        !isDeepStrictEqual(valueAt(object, path), valueAt(before?.object, path))
      ) {
        conflicts.push({ manager: other, field: `.${path.join('.')}` });
        fields.delete(field);
      }
    }
  }
  return conflicts;
}

/** A version that a write names has to be the one that is stored. */
export function assertVersion(
  stored: KubernetesObject | undefined,
  wanted: unknown,
): void {
  if (wanted !== undefined && wanted !== stored?.metadata.resourceVersion) {
    throw new KubernetesApiError(
      'the object has been modified; please apply your changes to the latest version and try again',
      { status: 409, reason: 'Conflict' },
    );
  }
}

function assertImmutable(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
): void {
  const path = IMMUTABLE[groupKindOf(after)];
  if (
    before !== undefined &&
    path !== undefined &&
    !isDeepStrictEqual(valueAt(before, path), valueAt(after, path))
  ) {
    throw new KubernetesApiError(`${path.join('.')}: field is immutable`, {
      status: 422,
      reason: 'Invalid',
      causes: [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${JSON.stringify(
            valueAt(after, path),
          )}: field is immutable`,
          field: path.join('.'),
        },
      ],
    });
  }
}
