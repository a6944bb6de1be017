import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const seconds = z.number().finite();
const count = z.number().int().nonnegative();
const rate = z.number().finite();
const failures = [
  'notInstalled',
  'absent',
  'forbidden',
  'unreachable',
  'failed',
] as const;

function sourced<T extends z.ZodTypeAny>(value: T) {
  return z.discriminatedUnion('status', [
    z.object({ status: z.literal('ok'), value, observedAt: seconds }),
    z.object({
      status: z.literal('stale'),
      value,
      observedAt: seconds,
      failure: z.enum(failures),
      message: z.string(),
    }),
    z.object({
      status: z.enum(failures),
      message: z.string(),
      since: seconds,
    }),
  ]);
}

const condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionAt: seconds.optional(),
});

const scaledObject = z
  .object({
    name: z.string(),
    scaleTarget: z.object({ kind: z.string(), name: z.string() }),
    minReplicas: count,
    maxReplicas: count,
    trigger: z
      .object({
        query: z.string(),
        requestsPerSecondPerReplica: rate,
        serverAddress: z.string(),
      })
      .optional(),
    conditions: z.array(condition),
    paused: z
      .object({
        how: z.enum(['all', 'scaleIn', 'scaleOut']),
        replicas: count.optional(),
      })
      .optional(),
    fallback: z
      .object({
        replicas: count,
        failureThreshold: count,
        active: z.boolean(),
      })
      .optional(),
    hpaName: z.string().optional(),
  })
  // JSON drops the keys of undefined values; the type wants them back.
  .transform(view => ({
    ...view,
    paused: view.paused,
    fallback: view.fallback,
  }));

const autoscaler = z.object({
  name: z.string(),
  currentReplicas: count,
  desiredReplicas: count,
  minReplicas: count,
  maxReplicas: count,
  averageRequestsPerSecond: rate.optional(),
  targetRequestsPerSecondPerReplica: rate.optional(),
  toleranceUp: rate,
  toleranceDown: rate,
  conditions: z.array(condition),
  lastScaleAt: seconds.optional(),
});

const workload = z.object({
  kind: z.string(),
  name: z.string(),
  desiredReplicas: count,
  readyReplicas: count,
  updatedReplicas: count,
  image: z.string().optional(),
});

const history = z.object({
  from: seconds,
  to: seconds,
  stepSeconds: z.number().positive(),
  requestsPerSecond: z.array(
    z.object({ at: seconds, requestsPerSecond: rate }),
  ),
  replicas: z.array(z.object({ at: seconds, replicas: z.number() })),
});

const event = z.object({
  at: seconds,
  kind: z.enum([
    'scaledOut',
    'scaledIn',
    'fallback',
    'paused',
    'resumed',
    'rollout',
    'trouble',
  ]),
  from: count.optional(),
  to: count.optional(),
  message: z.string(),
  reason: z.string(),
});

/** Reads the backend's answer; keys that the card does not need are dropped. */
export const snapshotSchema: z.ZodType<ScalingSnapshot, z.ZodTypeDef, unknown> =
  z.object({
    target: z.object({
      cluster: z.string(),
      namespace: z.string(),
      scaledObject: z.string(),
    }),
    embedded: z.literal(true).optional(),
    observedAt: seconds,
    scaledObject: sourced(scaledObject),
    autoscaler: sourced(autoscaler),
    workload: sourced(workload),
    requestsPerSecond: sourced(rate),
    history: sourced(history),
    events: sourced(z.array(event)),
    levels: z.object({
      scaleOutAboveRequestsPerSecond: rate.optional(),
      scaleOutTo: count.optional(),
      scaleInAtRequestsPerSecond: rate.optional(),
      scaleInTo: count.optional(),
    }),
    verdict: z.object({
      state: z.enum([
        'holding',
        'scalingOut',
        'scalingIn',
        'stabilizing',
        'atMaximum',
        'atMinimum',
        'fallback',
        'paused',
        'starting',
        'broken',
        'unknown',
      ]),
      sentence: z.string(),
      nextStep: z.string().optional(),
    }),
  });
