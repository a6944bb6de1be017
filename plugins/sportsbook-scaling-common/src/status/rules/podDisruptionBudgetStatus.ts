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
import { observedGeneration } from '../replicaCounts';

const schema = z.object({
  status: z
    .object({
      observedGeneration,
      disruptionsAllowed: z.number().nullish(),
      conditions: conditionsSchema,
    })
    .nullish(),
});

/** Its allowance is computed. That it may be 0 is what a budget is for. */
export function podDisruptionBudgetStatus(
  object: KubernetesObject,
): ObjectStatus {
  const { status } = readObject(schema, object);
  if (!status || typeof status.observedGeneration !== 'number') {
    return inProgress('its controller has not seen it yet');
  }
  const allowed = findCondition(status.conditions, 'DisruptionAllowed');
  if (allowed?.reason === 'SyncFailed') {
    return inProgress(describeCondition(allowed));
  }
  return current(`${status.disruptionsAllowed ?? 0} disruptions allowed`);
}
