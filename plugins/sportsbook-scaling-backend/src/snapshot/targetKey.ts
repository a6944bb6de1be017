import { ScalingTarget } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Equal for equal targets only, whatever characters their names hold. */
export function targetKey(target: ScalingTarget): string {
  const { cluster, namespace, scaledObject } = target;
  return JSON.stringify([cluster, namespace, scaledObject]);
}
