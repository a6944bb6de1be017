import { ownMember } from './ownMember';

/** What a `metav1.LabelSelector` holds. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: {
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: string[];
  }[];
}

type Labels = Readonly<Record<string, string>> | undefined;

/** An empty selector matches everything; undefined matches nothing, as in Kubernetes. */
export function matchesSelector(
  labels: Labels,
  selector: LabelSelector | undefined,
): boolean {
  if (selector === undefined) {
    return false;
  }
  return (
    Object.entries(selector.matchLabels ?? {}).every(
      ([key, value]) => ownMember(labels, key) === value,
    ) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return isAmong(ownMember(labels, key), values);
        case 'NotIn':
          return !isAmong(ownMember(labels, key), values);
        case 'Exists':
          return ownMember(labels, key) !== undefined;
        default:
          return ownMember(labels, key) === undefined;
      }
    })
  );
}

function isAmong(
  label: string | undefined,
  values: readonly string[] = [],
): boolean {
  return label !== undefined && values.includes(label);
}

/** A Service's `spec.selector`: no selector, or an empty one, selects nothing. */
export function matchesServiceSelector(
  labels: Labels,
  selector: Labels,
): boolean {
  const entries = Object.entries(selector ?? {});
  return (
    entries.length > 0 &&
    entries.every(([key, value]) => ownMember(labels, key) === value)
  );
}
