import type { LabelSelector } from '../../model/labels';
import { selectorText } from '../../model/selectorText';

/** `app=web,tier in (a,b),!z`; `<none>` where nothing is asked for. */
export function selectorCell(selector: LabelSelector | undefined): string {
  const text = selectorText(selector ?? {});
  return text === '' ? '<none>' : text;
}

/** Labels of a map selector: `a=b,app=web`. */
export function labelsCell(
  labels: Readonly<Record<string, string>> | null | undefined,
): string {
  return selectorCell({ matchLabels: { ...labels } });
}
