import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { FieldErrors } from './FieldErrors';
import { validateFreeMetadata } from './validateMetadata';

/**
 * Metadata of a changed object. The server looks at it once for all kinds, once
 * for the kind's changes and once for the kind itself, and tells each time what
 * it finds: whoever compares causes counts them.
 */
export function validateMetadataUpdate(
  object: KubernetesObject,
  old: KubernetesObject,
  errors: FieldErrors,
): void {
  for (let look = 0; look < 2; look++) {
    validateChange(object, old, errors);
    validateFreeMetadata(object, errors);
  }
  validateFreeMetadata(object, errors);
}

function validateChange(
  { metadata }: KubernetesObject,
  { metadata: old }: KubernetesObject,
  errors: FieldErrors,
): void {
  for (const name of ['name', 'namespace', 'uid'] as const) {
    if (metadata[name] !== old[name]) {
      errors.invalid(
        `metadata.${name}`,
        metadata[name] ?? '',
        'field is immutable',
      );
    }
  }
  if (old.deletionTimestamp !== undefined) {
    const before = new Set(old.finalizers ?? []);
    const added = (metadata.finalizers ?? []).filter(one => !before.has(one));
    if (added.length > 0) {
      errors.forbidden(
        'metadata.finalizers',
        `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
          .map(one => JSON.stringify(one))
          .join(', ')}}`,
      );
    }
  }
}
