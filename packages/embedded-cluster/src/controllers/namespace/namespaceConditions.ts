import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import { qualifiedResource } from '../../model/StatusError';
import type { Condition } from '../foundation/conditions';

/** What a namespace still holds of one kind. */
export interface Remaining {
  group: string;
  resource: string;
  objects: readonly KubernetesObject[];
}

/** Conditions of a namespace that is going, in the order of the real controller. */
export function namespaceConditions(
  remaining: readonly Remaining[],
  failures: readonly string[],
  present: readonly Condition[],
  nowMilliseconds: number,
): Condition[] {
  const left = remaining
    .filter(({ objects }) => objects.length > 0)
    .map(
      ({ group, resource, objects }) =>
        // The real one writes the dot for the core group too.
        `${
          group === '' ? `${resource}.` : qualifiedResource({ group, resource })
        } has ${objects.length} resource instances`,
    )
    .sort();
  const finalizers = new Map<string, number>();
  for (const object of remaining.flatMap(({ objects }) => objects)) {
    for (const finalizer of object.metadata.finalizers ?? []) {
      finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
    }
  }
  const held = [...finalizers]
    .map(([name, count]) => `${name} in ${count} resource instances`)
    .sort();
  return [
    condition('NamespaceDeletionDiscoveryFailure', [], {
      good: ['ResourcesDiscovered', 'All resources successfully discovered'],
      bad: ['DiscoveryFailed', ''],
    }),
    condition('NamespaceDeletionGroupVersionParsingFailure', [], {
      good: [
        'ParsedGroupVersions',
        'All legacy kube types successfully parsed',
      ],
      bad: ['GroupVersionParsingFailed', ''],
    }),
    condition('NamespaceDeletionContentFailure', failures, {
      good: [
        'ContentDeleted',
        'All content successfully deleted, may be waiting on finalization',
      ],
      bad: [
        'ContentDeletionFailed',
        `Failed to delete all resource types, ${failures.length} remaining: `,
      ],
    }),
    condition('NamespaceContentRemaining', left, {
      good: ['ContentRemoved', 'All content successfully removed'],
      bad: ['SomeResourcesRemain', 'Some resources are remaining: '],
    }),
    condition('NamespaceFinalizersRemaining', held, {
      good: [
        'ContentHasNoFinalizers',
        'All content-preserving finalizers finished',
      ],
      bad: [
        'SomeFinalizersRemain',
        'Some content in the namespace has finalizers remaining: ',
      ],
    }),
  ].map(next => {
    const before = present.find(({ type }) => type === next.type);
    return {
      lastTransitionTime:
        before?.status === next.status && before.lastTransitionTime
          ? before.lastTransitionTime
          : timestamp(nowMilliseconds),
      ...next,
    };
  });
}

function condition(
  type: string,
  found: readonly string[],
  { good, bad }: { good: [string, string]; bad: [string, string] },
): Condition {
  return found.length === 0
    ? { type, status: 'False', reason: good[0], message: good[1] }
    : {
        type,
        status: 'True',
        reason: bad[0],
        message: `${bad[1]}${found.join(', ')}`,
      };
}
