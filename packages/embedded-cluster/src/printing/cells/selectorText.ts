import type { LabelSelector } from '../../model/labels';

/** `app=web,tier in (a,b),!z`; `<none>` where nothing is asked for. */
export function selectorText(selector: LabelSelector | undefined): string {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
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
  requirements.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return requirements.length === 0
    ? '<none>'
    : requirements.map(({ text }) => text).join(',');
}

/** Labels of a map selector: `a=b,app=web`. */
export function labelsText(
  labels: Readonly<Record<string, string>> | null | undefined,
): string {
  return selectorText({ matchLabels: { ...labels } });
}
