import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

const triggerSchema = z.object({
  type: z.string(),
  name: z.string().optional(),
  metricType: z.string().optional(),
  useCachedMetrics: z.boolean().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  authenticationRef: z
    .object({ name: z.string(), kind: z.string().optional() })
    .optional(),
});

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

const schema = z.object({
  spec: z.object({
    scaleTargetRef: z.object({
      name: z.string(),
      apiVersion: z.string().optional(),
      kind: z.string().optional(),
    }),
    pollingInterval: z.number().optional(),
    cooldownPeriod: z.number().optional(),
    initialCooldownPeriod: z.number().optional(),
    idleReplicaCount: z.number().optional(),
    minReplicaCount: z.number().optional(),
    maxReplicaCount: z.number().optional(),
    advanced: z
      .object({
        restoreToOriginalReplicaCount: z.boolean().optional(),
        horizontalPodAutoscalerConfig: z
          .object({
            name: z.string().optional(),
            behavior: z
              .object({
                scaleUp: z.record(z.string(), z.unknown()).optional(),
                scaleDown: z.record(z.string(), z.unknown()).optional(),
              })
              .optional(),
          })
          .optional(),
        scalingModifiers: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    triggers: z.array(triggerSchema),
    fallback: z
      .object({
        failureThreshold: z.number(),
        replicas: z.number(),
        behavior: z.string().optional(),
      })
      .optional(),
  }),
});

const statusSchema = z.object({
  conditions: z.array(conditionSchema).default([]),
  hpaName: z.string().optional(),
  scaleTargetKind: z.string().optional(),
  originalReplicaCount: z.number().optional(),
  pausedReplicaCount: z.number().optional(),
  lastActiveTime: z.string().optional(),
  externalMetricNames: z.array(z.string()).optional(),
  health: z
    .record(
      z.string(),
      z.object({
        numberOfFailures: z.number().optional(),
        status: z.string().optional(),
      }),
    )
    .optional(),
});

export type KedaTrigger = z.output<typeof triggerSchema>;
export type KedaCondition = z.output<typeof conditionSchema>;
export type ScaledObjectSpec = z.output<typeof schema>['spec'];
export type ScaledObjectStatus = z.output<typeof statusSchema>;
export type KedaFallback = NonNullable<ScaledObjectSpec['fallback']>;

/** @throws ZodError for an object that its definition would not admit */
export function readScaledObjectSpec(
  object: KubernetesObject,
): ScaledObjectSpec {
  return schema.parse(object).spec;
}

export function readScaledObjectStatus(
  object: KubernetesObject,
): ScaledObjectStatus {
  return statusSchema.parse(object.status ?? {});
}

/** Kind and version of the target; a Deployment where the object names none. */
export function targetRefOf({ scaleTargetRef }: ScaledObjectSpec) {
  return {
    name: scaleTargetRef.name,
    apiVersion: scaleTargetRef.apiVersion || 'apps/v1',
    kind: scaleTargetRef.kind || 'Deployment',
  };
}

/** Replicas that the autoscaler keeps at least; it cannot keep none. */
export function hpaMinReplicas({ minReplicaCount }: ScaledObjectSpec): number {
  return minReplicaCount !== undefined && minReplicaCount > 0
    ? minReplicaCount
    : 1;
}

export function hpaMaxReplicas({ maxReplicaCount }: ScaledObjectSpec): number {
  return maxReplicaCount ?? 100;
}

export function hpaNameOf(
  name: string,
  { advanced }: ScaledObjectSpec,
): string {
  return advanced?.horizontalPodAutoscalerConfig?.name || `keda-hpa-${name}`;
}

export function usesScalingModifiers({ advanced }: ScaledObjectSpec): boolean {
  return Object.keys(advanced?.scalingModifiers ?? {}).length > 0;
}

/** A fallback that KEDA would follow. */
export function validFallback({
  fallback,
}: ScaledObjectSpec): KedaFallback | undefined {
  return fallback && fallback.failureThreshold >= 0 && fallback.replicas >= 0
    ? fallback
    : undefined;
}
