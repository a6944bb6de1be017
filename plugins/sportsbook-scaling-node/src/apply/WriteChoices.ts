import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../model/objectKey';
import { isWithinField } from './fieldPath';

/** Fields of one object that are taken over from whoever owns them. */
export interface FieldTakeover {
  /** Without a namespace: in any. */
  ref: ObjectRef;
  /** Such as `.spec.replicas`, which covers what lies within it too. */
  fields: string[];
}

/** An object that may be deleted and created anew where a field of it cannot change. */
export interface RecreateChoice {
  /** Without a namespace: in any. */
  ref: ObjectRef;
  /** Also where data would be lost, as with a PersistentVolumeClaim. Default false. */
  losingData?: boolean;
}

/** What a write may do beyond changing fields that nobody else owns. */
export interface WriteChoices {
  /** Take every field over from other managers. Default false: a conflict is a problem. */
  force?: boolean;
  /** Take these fields over, and no others. Default none. */
  forceConflicts?: FieldTakeover[];
  /**
   * Managers whose fields become ours, such as `kubectl-client-side-apply`;
   * those that the manifest lacks are removed. Default none.
   */
  migrateFrom?: string[];
  /** Delete and create anew what has a field that cannot change. Default false: it is a problem. */
  recreate?: boolean | RecreateChoice[];
  /** To wait until a deleted object is gone. Default 120. */
  recreateTimeoutSeconds?: number;
}

function isMeant(ref: ObjectRef, meant: ObjectRef): boolean {
  return (
    objectKey(ref) ===
    objectKey({ ...meant, namespace: meant.namespace ?? ref.namespace })
  );
}

/** Whether a field of an object is on the list of those that are taken over. */
export function mayForce(
  { forceConflicts = [] }: WriteChoices,
  ref: ObjectRef,
  field: string,
): boolean {
  return forceConflicts.some(
    choice =>
      isMeant(ref, choice.ref) &&
      choice.fields.some(meant => isWithinField(field, meant)),
  );
}

/** Whether an object may be made anew, and whether even where that loses data. */
export function recreateChoice(
  { recreate = false }: WriteChoices,
  ref: ObjectRef,
): { mayRecreate: boolean; losingData: boolean } {
  if (typeof recreate === 'boolean') {
    return { mayRecreate: recreate, losingData: false };
  }
  const choices = recreate.filter(choice => isMeant(ref, choice.ref));
  return {
    mayRecreate: choices.length > 0,
    losingData: choices.some(({ losingData }) => losingData === true),
  };
}
