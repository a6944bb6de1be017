import { z } from 'zod/v3';
import {
  DEFAULT_SCALE_DOWN_RULES,
  DEFAULT_SCALE_UP_RULES,
  DEFAULT_TOLERANCE,
  ScalingRules,
} from '../hpa/autoscalerPolicy';
import { KubernetesObject } from '../kubernetesObject';
import { parseQuantity } from '../parseQuantity';
import { readObject } from '../readObject';
import { AutoscalerView } from '../snapshot';
import { conditionsSchema } from '../status/conditions';
import { unixTimestamp } from './unixTimestamp';
import { viewConditions } from './viewConditions';

const quantity = z.string().transform((text, context) => {
  try {
    return parseQuantity(text);
  } catch {
    context.addIssue({
      code: z.ZodIssueCode.custom,
      message: `'${text}' is not a Kubernetes quantity`,
    });
    return z.NEVER;
  }
});

const metricName = z.object({ name: z.string() });

/** One of `spec.metrics`; only an external one is looked into. */
const targetSchema = z.object({
  type: z.string(),
  external: z
    .object({
      metric: metricName,
      target: z.object({ averageValue: quantity.nullish() }),
    })
    .nullish(),
});

/** One of `status.currentMetrics`; its type is "" where the metric has no value. */
const currentSchema = z.object({
  type: z.string(),
  external: z
    .object({
      metric: metricName,
      current: z.object({ averageValue: quantity.nullish() }),
    })
    .nullish(),
});

const rulesSchema = z
  .object({
    stabilizationWindowSeconds: z.number().nullish(),
    selectPolicy: z.enum(['Max', 'Min', 'Disabled']).nullish(),
    policies: z
      .array(
        z.object({
          type: z.enum(['Pods', 'Percent']),
          value: z.number(),
          periodSeconds: z.number(),
        }),
      )
      .nullish(),
    tolerance: quantity.nullish(),
  })
  .nullish();

const schema = z.object({
  spec: z.object({
    minReplicas: z.number().nullish(),
    maxReplicas: z.number(),
    metrics: z.array(targetSchema).nullish(),
    behavior: z
      .object({ scaleUp: rulesSchema, scaleDown: rulesSchema })
      .nullish(),
  }),
  status: z
    .object({
      currentReplicas: z.number().nullish(),
      desiredReplicas: z.number().nullish(),
      currentMetrics: z.array(currentSchema).nullish(),
      lastScaleTime: z.string().nullish(),
      conditions: conditionsSchema,
    })
    .nullish(),
});

function fillRules(
  rules: z.output<typeof rulesSchema>,
  defaults: ScalingRules,
): ScalingRules {
  return {
    stabilizationWindowSeconds:
      rules?.stabilizationWindowSeconds ?? defaults.stabilizationWindowSeconds,
    selectPolicy: rules?.selectPolicy ?? defaults.selectPolicy,
    policies: rules?.policies ?? defaults.policies,
  };
}

/**
 * A HorizontalPodAutoscaler (autoscaling/v2) as far as the card follows it: its
 * first external metric, which is the one that KEDA makes of the first trigger.
 *
 * @remarks
 * Right after a rescale the average is still the one of the replicas before, for
 * up to one sync of the autoscaler.
 *
 * @throws UnreadableObjectError where a field has another type than autoscaling/v2 promises
 */
export function readAutoscaler(object: KubernetesObject): AutoscalerView {
  const { spec, status } = readObject(schema, object);
  const wanted = spec.metrics?.find(metric => metric.external)?.external;
  const read = status?.currentMetrics?.find(
    metric => metric.external?.metric.name === wanted?.metric.name,
  )?.external;
  const average = read?.current.averageValue ?? undefined;
  const target = wanted?.target.averageValue ?? undefined;
  const lastScaleAt = unixTimestamp(status?.lastScaleTime);
  const { behavior } = spec;
  return {
    name: object.metadata.name,
    currentReplicas: status?.currentReplicas ?? 0,
    desiredReplicas: status?.desiredReplicas ?? 0,
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    ...(average !== undefined && { averageRequestsPerSecond: average }),
    ...(target !== undefined && { targetRequestsPerSecondPerReplica: target }),
    ...(behavior && {
      behavior: {
        scaleUp: fillRules(behavior.scaleUp, DEFAULT_SCALE_UP_RULES),
        scaleDown: fillRules(behavior.scaleDown, DEFAULT_SCALE_DOWN_RULES),
      },
    }),
    toleranceUp: behavior?.scaleUp?.tolerance ?? DEFAULT_TOLERANCE,
    toleranceDown: behavior?.scaleDown?.tolerance ?? DEFAULT_TOLERANCE,
    conditions: viewConditions(status?.conditions ?? []),
    ...(lastScaleAt !== undefined && { lastScaleAt }),
  };
}
