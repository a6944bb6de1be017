import {
  groupKindOf,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** `apps` of `apps/v1`; empty for the core group. */
export function apiGroupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The same for two refs of one object, whichever version they name it by. */
export function objectKey(ref: ObjectRef): string {
  return `${groupKindOf(ref)}/${ref.namespace ?? ''}/${ref.name}`;
}
