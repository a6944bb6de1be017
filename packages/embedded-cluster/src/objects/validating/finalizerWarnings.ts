import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';

/** What the server says of new finalizers that others might also have thought of. */
export function finalizerWarnings(
  { custom }: Pick<ResourceType, 'custom'>,
  { metadata }: KubernetesObject,
  old?: KubernetesObject,
): string[] {
  if (!custom) {
    return [];
  }
  const known = old?.metadata.finalizers ?? [];
  return (metadata.finalizers ?? [])
    .filter(
      finalizer =>
        !finalizer.includes('/') &&
        !known.includes(finalizer) &&
        finalizer !== 'orphan' &&
        finalizer !== 'foregroundDeletion',
    )
    .map(
      finalizer =>
        `metadata.finalizers: ${JSON.stringify(
          finalizer,
        )}: prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers`,
    );
}
