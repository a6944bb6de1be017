import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ListOptions } from '../ports/KubernetesClient';
import { valueAt } from './fieldSets';

function pairsOf(selector: string | undefined): [string, string][] {
  return selector === undefined || selector === ''
    ? []
    : selector.split(',').map(pair => pair.split('=') as [string, string]);
}

/** Whether a list or watch of a kind shows an object. */
export function isSelected(
  object: KubernetesObject,
  kind: { apiVersion: string; kind: string },
  { namespace, labelSelector, fieldSelector }: ListOptions,
): boolean {
  return (
    groupKindOf(object) === groupKindOf(kind) &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    pairsOf(labelSelector).every(
      ([key, value]) => object.metadata.labels?.[key] === value,
    ) &&
    pairsOf(fieldSelector).every(
      ([path, value]) => valueAt(object, path.split('.')) === value,
    )
  );
}
