import { z } from 'zod/v3';

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/ */
export const labelSelectorSchema = z.object({
  matchLabels: z.record(z.string()).default({}),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

export type LabelSelector = z.infer<typeof labelSelectorSchema>;

type Requirement = LabelSelector['matchExpressions'][number];

/** All that a selector demands, `matchLabels` as the expressions that they stand for. */
export function requirementsOf(selector: LabelSelector): Requirement[] {
  return [
    ...Object.entries(selector.matchLabels).map(([key, value]) => ({
      key,
      operator: 'In' as const,
      values: [value],
    })),
    ...selector.matchExpressions,
  ];
}

export function meetsRequirement(
  { key, operator, values }: Requirement,
  labels: Record<string, string>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** Whether labels satisfy a selector; an empty selector selects everything. */
export function matchesLabelSelector(
  selector: LabelSelector,
  labels: Record<string, string>,
): boolean {
  return requirementsOf(selector).every(requirement =>
    meetsRequirement(requirement, labels),
  );
}

/** A selector in the API's own text, such as `app=a, tier in (x, y), !old`; empty for one that selects everything. */
export function selectorText(selector: LabelSelector): string {
  return requirementsOf(selector)
    .map(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return values.length === 1
            ? `${key}=${values[0]}`
            : `${key} in (${values.join(', ')})`;
        case 'NotIn':
          return `${key} notin (${values.join(', ')})`;
        case 'Exists':
          return key;
        default:
          return `!${key}`;
      }
    })
    .join(', ');
}
