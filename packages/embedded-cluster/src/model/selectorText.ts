import type { LabelSelector } from './labels';

/**
 * A label selector in the API's own text, such as `app=a,tier in (x,y),!old`,
 * with its requirements sorted by key.
 */
export function selectorText({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): string {
  const requirements = [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      text: `${key}=${value}`,
    })),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      const list = `(${[...values].sort().join(',')})`;
      switch (operator) {
        case 'In':
          return { key, text: `${key} in ${list}` };
        case 'NotIn':
          return { key, text: `${key} notin ${list}` };
        case 'Exists':
          return { key, text: key };
        default:
          return { key, text: `!${key}` };
      }
    }),
  ];
  return requirements
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ text }) => text)
    .join(',');
}
