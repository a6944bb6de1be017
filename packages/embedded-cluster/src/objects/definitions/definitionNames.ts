/** Where definitions are stored. */
export const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';

/** Holds a deleted definition until its objects are gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

export function withCleanup(finalizers: readonly string[]): string[] {
  return finalizers.includes(CLEANUP)
    ? [...finalizers]
    : [...finalizers, CLEANUP];
}
