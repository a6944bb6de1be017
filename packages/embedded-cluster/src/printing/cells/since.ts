import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { humanDuration } from './humanDuration';

/** How long ago, or `<unknown>` where nobody said when. */
export function since(
  time: string | null | undefined,
  nowMilliseconds: number,
): string {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? '<unknown>' : humanDuration(nowMilliseconds - at);
}

export function ageOf(
  { metadata }: KubernetesObject,
  nowMilliseconds: number,
): string {
  return since(metadata.creationTimestamp, nowMilliseconds);
}
