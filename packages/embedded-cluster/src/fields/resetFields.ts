import type { ResourceType } from '../model/ResourceType';
import { FieldSet } from './FieldSet';
import { fieldElement } from './pathElement';

/** Paths that a write to a kind's status leaves as they were, beside `spec`. */
const BESIDE_SPEC: Readonly<Record<string, string[][]>> = {
  APIService: [['metadata']],
  Deployment: [['metadata', 'labels']],
  Pod: [
    ['metadata', 'deletionTimestamp'],
    ['metadata', 'ownerReferences'],
  ],
};

/** Nobody can own through the object itself what only its status subresource writes. */
const STATUS = FieldSet.of([fieldElement('status')]);
const NONE = FieldSet.empty;
const statusWrites = new Map<string, FieldSet>();

/**
 * Fields that a write to this endpoint does not change, whatever it says: the
 * API server takes them from the stored object, so nobody comes to own them.
 */
export function resetFieldsOf(
  type: ResourceType,
  subresource: string | undefined,
): FieldSet {
  if (subresource === undefined) {
    return type.subresources.includes('status') ? STATUS : NONE;
  }
  if (subresource !== 'status') {
    return NONE;
  }
  const key = type.custom ? '' : type.kind;
  let set = statusWrites.get(key);
  if (!set) {
    set = FieldSet.of(
      [fieldElement('spec')],
      ...(type.custom ? [['metadata']] : BESIDE_SPEC[type.kind] ?? []).map(
        path => path.map(fieldElement),
      ),
    );
    statusWrites.set(key, set);
  }
  return set;
}
