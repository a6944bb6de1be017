import { z } from 'zod/v3';
import { KubernetesObject } from '../kubernetesObject';
import { readObject } from '../readObject';
import { ScaledObjectView } from '../snapshot';
import { conditionsSchema, findCondition } from '../status/conditions';
import { pausedBy } from './pausedBy';
import { viewConditions } from './viewConditions';

const triggerSchema = z.object({
  type: z.string(),
  metricType: z.string().nullish(),
  metadata: z.record(z.string()).nullish(),
});

const schema = z.object({
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string().nullish(), name: z.string() }),
    minReplicaCount: z.number().nullish(),
    maxReplicaCount: z.number().nullish(),
    fallback: z
      .object({ failureThreshold: z.number(), replicas: z.number() })
      .nullish(),
    triggers: z.array(triggerSchema).nullish(),
  }),
  status: z
    .object({
      hpaName: z.string().nullish(),
      conditions: conditionsSchema,
    })
    .nullish(),
});

/**
 * The first prometheus trigger whose threshold is per replica. With metricType
 * `Value` it would be a total, and none of the card's arithmetic would hold.
 */
function readTrigger(
  triggers: z.output<typeof triggerSchema>[],
): ScaledObjectView['trigger'] {
  for (const { type, metricType, metadata } of triggers) {
    const query = metadata?.query;
    const serverAddress = metadata?.serverAddress;
    const threshold = Number(metadata?.threshold ?? NaN);
    if (
      type === 'prometheus' &&
      (metricType ?? 'AverageValue') === 'AverageValue' &&
      query &&
      serverAddress &&
      threshold > 0
    ) {
      return { query, serverAddress, requestsPerSecondPerReplica: threshold };
    }
  }
  return undefined;
}

/**
 * A ScaledObject (keda.sh/v1alpha1) as far as scaling depends on it, with
 * KEDA's own defaults for what its spec leaves out.
 *
 * @throws UnreadableObjectError where a field has another type than KEDA's API promises
 */
export function readScaledObject(object: KubernetesObject): ScaledObjectView {
  const { spec, status } = readObject(schema, object);
  const conditions = status?.conditions ?? [];
  const trigger = readTrigger(spec.triggers ?? []);
  return {
    name: object.metadata.name,
    scaleTarget: {
      kind: spec.scaleTargetRef.kind ?? 'Deployment',
      name: spec.scaleTargetRef.name,
    },
    minReplicas: spec.minReplicaCount ?? 0,
    maxReplicas: spec.maxReplicaCount ?? 100,
    ...(trigger && { trigger }),
    conditions: viewConditions(conditions),
    paused: pausedBy(object.metadata.annotations),
    fallback: spec.fallback
      ? {
          replicas: spec.fallback.replicas,
          failureThreshold: spec.fallback.failureThreshold,
          active: findCondition(conditions, 'Fallback')?.status === 'True',
        }
      : undefined,
    ...(status?.hpaName && { hpaName: status.hpaName }),
  };
}
