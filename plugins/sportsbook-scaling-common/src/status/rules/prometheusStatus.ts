import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionsSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';
import { ofWanted } from '../replicaCounts';

const schema = z.object({
  spec: z
    .object({
      replicas: z.number().nullish(),
      shards: z.number().nullish(),
    })
    .nullish(),
  status: z
    .object({
      availableReplicas: z.number().nullish(),
      conditions: conditionsSchema,
    })
    .nullish(),
});

/**
 * Of a Prometheus, and of the other servers of its operator: `Reconciled` and `Available`, both of the latest generation: the operator
 * writes generations into the conditions, not into the status.
 */
export function prometheusStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  const conditions = status?.conditions ?? [];
  const available = ofWanted(
    'Available',
    status?.availableReplicas ?? 0,
    (spec?.replicas ?? 1) * (spec?.shards ?? 1),
  );
  for (const type of ['Reconciled', 'Available']) {
    const condition = findCondition(conditions, type);
    if (!condition) {
      return inProgress(`the Prometheus operator has not set ${type} yet`);
    }
    const { generation } = object.metadata;
    if (
      generation !== undefined &&
      (condition.observedGeneration ?? 0) < generation
    ) {
      return inProgress(
        `${type} is about generation ${
          condition.observedGeneration ?? 0
        } of ${generation}`,
      );
    }
    if (condition.status !== 'True') {
      const message = describeCondition(condition);
      return inProgress(
        type === 'Available' ? `${available}: ${message}` : message,
      );
    }
  }
  return current(available);
}
