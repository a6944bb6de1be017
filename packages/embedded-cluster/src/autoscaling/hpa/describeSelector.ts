import type { LabelSelector } from '../../model/labels';

/** A label selector as the messages of the autoscaler show it: Go's text of the struct. */
export function describeSelector(selector: LabelSelector | undefined): string {
  if (selector === undefined) {
    return 'nil';
  }
  const labels = Object.entries(selector.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`)
    .join('');
  const expressions = (selector.matchExpressions ?? [])
    .map(
      ({ key, operator, values }) =>
        `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${(
          values ?? []
        ).join(' ')}],},`,
    )
    .join('');
  return `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{${expressions}},}`;
}
