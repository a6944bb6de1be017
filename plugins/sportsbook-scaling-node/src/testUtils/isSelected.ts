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

/** `a=b` or `a in (b, c)`, each with the values that it takes. */
function labelRequirements(
  selector: string | undefined,
): { key: string; values: string[] }[] {
  return [...(selector ?? '').matchAll(/[^,(]+(?:\(([^)]*)\))?/g)].map(
    ([requirement, set]) => {
      const [key, value] = requirement.split(set === undefined ? '=' : ' in ');
      return {
        key: key.trim(),
        values: (set ?? value).split(',').map(one => one.trim()),
      };
    },
  );
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
    labelRequirements(labelSelector).every(({ key, values }) =>
      values.includes(object.metadata.labels?.[key] ?? ''),
    ) &&
    pairsOf(fieldSelector).every(
      ([path, value]) => valueAt(object, path.split('.')) === value,
    )
  );
}
