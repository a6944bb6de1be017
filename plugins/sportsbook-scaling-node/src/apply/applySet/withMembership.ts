import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { SourcedObject } from '../../model/SourcedObject';
import { ApplySet, applySetId } from './ApplySet';
import { APPLY_SET, HPA_EXCLUDED_LABELS } from './applySetNames';

/**
 * KEDA copies a ScaledObject's labels to the autoscaler that it makes, which
 * would look like a member that no manifest has.
 */
function withExcludedLabel(object: KubernetesObject): KubernetesObject {
  if (groupKindOf(object) !== 'keda.sh/ScaledObject') {
    return object;
  }
  const { annotations } = object.metadata;
  const excluded = (annotations?.[HPA_EXCLUDED_LABELS] ?? '')
    .split(',')
    .map(label => label.trim())
    .filter(label => label !== '');
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...annotations,
        [HPA_EXCLUDED_LABELS]: [
          ...new Set([...excluded, APPLY_SET.partOf]),
        ].join(','),
      },
    },
  };
}

/** Manifests as members of a set: nothing of it changes from run to run. */
export function withMembership(
  manifests: SourcedObject[],
  set: Pick<ApplySet, 'name' | 'namespace'>,
): SourcedObject[] {
  const label = { [APPLY_SET.partOf]: applySetId(set) };
  return manifests.map(({ object, source }) => ({
    source,
    object: withExcludedLabel({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, ...label },
      },
    }),
  }));
}
