import type { ResourceType } from '../../model/ResourceType';
import type { Selection } from '../../ports/ClusterObjects';
import { parseFieldSelector, type ObjectPredicate } from './parseFieldSelector';
import { parseLabelSelector } from './parseLabelSelector';

/**
 * What a list or a watch selects, beside the namespace.
 * @throws StatusError 400
 */
export function selectionOf(
  type: ResourceType,
  { labelSelector, fieldSelector }: Selection,
): ObjectPredicate {
  const byLabels =
    labelSelector === undefined || labelSelector === ''
      ? undefined
      : parseLabelSelector(labelSelector);
  const byFields =
    fieldSelector === undefined || fieldSelector === ''
      ? undefined
      : parseFieldSelector(type, fieldSelector);
  return object =>
    (byLabels?.(object.metadata.labels) ?? true) &&
    (byFields?.(object) ?? true);
}
