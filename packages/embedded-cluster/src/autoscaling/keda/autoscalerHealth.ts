import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { KedaCondition } from './scaledObjectSpec';

const schema = z.object({
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .nullish(),
    })
    .optional(),
});

/**
 * The condition `HPAActive` that an autoscaler gives; undefined while it has
 * not said whether it scales, so that what was last known stays.
 */
export function autoscalerHealth(
  autoscaler: KubernetesObject | undefined,
): Omit<KedaCondition, 'type'> | undefined {
  if (autoscaler === undefined) {
    return undefined;
  }
  const scaling = schema
    .parse(autoscaler)
    .status?.conditions?.find(({ type }) => type === 'ScalingActive');
  if (scaling === undefined) {
    return undefined;
  }
  if (scaling.status === 'True') {
    return {
      status: 'True',
      reason: 'HPAActive',
      message: 'HPA is actively scaling',
    };
  }
  return scaling.reason === 'ScalingDisabled'
    ? { status: 'True', reason: 'ScalingDisabled', message: scaling.message }
    : {
        status: 'False',
        reason: scaling.reason || 'HPAMetricsUnavailable',
        message: `HPA is not actively scaling: ${scaling.message ?? ''}`,
      };
}
