import {
  autoscalerBehavior,
  DEFAULT_TOLERANCE,
  parseQuantity,
  type KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { LabelSelector } from '../../model/labels';

const quantity = z
  .union([z.string(), z.number()])
  .transform(text => parseQuantity(String(text)));

const target = z.object({
  type: z.string().optional(),
  value: quantity.optional(),
  averageValue: quantity.optional(),
  averageUtilization: z.number().optional(),
});

const metricIdentifier = z.object({
  name: z.string(),
  selector: z.custom<LabelSelector>().optional(),
});

const metricSchema = z.object({
  type: z.string(),
  external: z.object({ metric: metricIdentifier, target }).optional(),
  resource: z.object({ name: z.string(), target }).optional(),
  containerResource: z
    .object({ name: z.string(), container: z.string(), target })
    .optional(),
  pods: z.object({ metric: metricIdentifier }).optional(),
  object: z
    .object({
      metric: metricIdentifier,
      describedObject: z.object({ kind: z.string(), name: z.string() }),
    })
    .optional(),
});

const scalingRate = z.object({
  type: z.enum(['Pods', 'Percent']),
  value: z.number(),
  periodSeconds: z.number(),
});

const scalingRules = z.object({
  stabilizationWindowSeconds: z.number().nullish(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).nullish(),
  policies: z.array(scalingRate).nullish(),
  tolerance: quantity.nullish(),
});

const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
});

const schema = z.object({
  spec: z.object({
    scaleTargetRef: z.object({
      apiVersion: z.string().default(''),
      kind: z.string(),
      name: z.string(),
    }),
    minReplicas: z.number().nullish(),
    maxReplicas: z.number(),
    metrics: z.array(metricSchema).nullish(),
    behavior: z
      .object({
        scaleUp: scalingRules.nullish(),
        scaleDown: scalingRules.nullish(),
      })
      .nullish(),
  }),
  status: z
    .object({
      desiredReplicas: z.number().nullish(),
      lastScaleTime: z.string().nullish(),
      conditions: z.array(conditionSchema).nullish(),
    })
    .nullish(),
});

export type MetricSpec = z.output<typeof metricSchema>;
export type AutoscalerCondition = z.output<typeof conditionSchema>;
type Rules = z.output<typeof scalingRules>;

/** The half of a behavior that was given; what is left out takes its default. */
function givenRules(rules: Rules | null | undefined) {
  return {
    ...(rules?.stabilizationWindowSeconds !== null &&
      rules?.stabilizationWindowSeconds !== undefined && {
        stabilizationWindowSeconds: rules.stabilizationWindowSeconds,
      }),
    ...(rules?.selectPolicy && { selectPolicy: rules.selectPolicy }),
    ...(rules?.policies && { policies: rules.policies }),
  };
}

/** A HorizontalPodAutoscaler (autoscaling/v2) as its controller needs it. */
export function readAutoscalerSpec(object: KubernetesObject) {
  const { spec, status } = schema.parse(object);
  const { behavior } = spec;
  return {
    target: spec.scaleTargetRef,
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    metrics: spec.metrics ?? [],
    toleranceUp: behavior?.scaleUp?.tolerance ?? DEFAULT_TOLERANCE,
    toleranceDown: behavior?.scaleDown?.tolerance ?? DEFAULT_TOLERANCE,
    ...(behavior && {
      behavior: autoscalerBehavior({
        scaleUp: givenRules(behavior.scaleUp),
        scaleDown: givenRules(behavior.scaleDown),
      }),
    }),
    desiredReplicas: status?.desiredReplicas ?? 0,
    lastScaleTime: status?.lastScaleTime ?? undefined,
    conditions: status?.conditions ?? [],
  };
}

export type AutoscalerSpec = ReturnType<typeof readAutoscalerSpec>;
