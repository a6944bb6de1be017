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
  const has = labels ?? {};
  return (
    Object.entries(selector.matchLabels ?? {}).every(
      ([key, value]) => has[key] === value,
    ) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return key in has && (values ?? []).includes(has[key]);
        case 'NotIn':
          return !(key in has && (values ?? []).includes(has[key]));
        case 'Exists':
          return key in has;
        default:
          return !(key in has);
      }
    })
  );
}

/** A Service's `spec.selector`: no selector, or an empty one, selects nothing. */
export function matchesServiceSelector(
  labels: Labels,
  selector: Labels,
): boolean {
  const entries = Object.entries(selector ?? {});
  return (
    entries.length > 0 &&
    entries.every(([key, value]) => labels?.[key] === value)
  );
}
