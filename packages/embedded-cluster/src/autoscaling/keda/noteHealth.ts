import {
  FALLING_BACK,
  NO_FALLBACK,
  statusOfCondition,
  withCondition,
} from './kedaConditions';
import type { ScaledObject, ScaledObjects } from './ScaledObjects';
import { validFallback } from './scaledObjectSpec';

/**
 * Notes how a metric's last reading went, with the condition Fallback and its
 * events. Kept only where there is a fallback that needs it.
 *
 * @param next - from the failures in a row until now
 * @returns failures in a row
 */
export function noteHealth(
  scaledObjects: ScaledObjects,
  scaledObject: ScaledObject,
  metricName: string,
  next: (failures: number) => { numberOfFailures: number; status: string },
): number {
  const { key, spec } = scaledObject;
  const fallback = validFallback(spec);
  if (!fallback) {
    return 0;
  }
  let failures = 0;
  let wasExceeded = false;
  let isExceeded = false;
  scaledObjects.setStatus(key, ({ health = {}, conditions }) => {
    const mine = next(health[metricName]?.numberOfFailures ?? 0);
    failures = mine.numberOfFailures;
    const all = { ...health, [metricName]: mine };
    isExceeded = Object.values(all).some(
      ({ status, numberOfFailures = 0 }) =>
        status === 'Failing' && numberOfFailures > fallback.failureThreshold,
    );
    wasExceeded = statusOfCondition(conditions, 'Fallback') === 'True';
    return {
      health: all,
      conditions: withCondition(
        conditions,
        'Fallback',
        isExceeded ? FALLING_BACK : NO_FALLBACK,
      ),
    };
  });
  if (isExceeded !== wasExceeded) {
    scaledObjects.record(scaledObject, {
      type: 'Normal',
      reason: isExceeded
        ? 'ScaledObjectFallbackActivated'
        : 'ScaledObjectFallbackDeactivated',
      message: isExceeded
        ? 'ScaledObject fallback is active'
        : 'ScaledObject fallback is no longer active',
    });
  }
  return failures;
}
