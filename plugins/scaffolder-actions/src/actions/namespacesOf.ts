import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Each namespace of some objects, once. */
export function namespacesOf(objects: ObjectRef[]): string[] {
  return [...new Set(objects.flatMap(({ namespace }) => namespace ?? []))];
}
