import { KubernetesObject } from '../kubernetesObject';
import { readObject } from '../readObject';
import {
  conditionedSchema,
  describeCondition,
  findCondition,
} from './conditions';
import { ObjectStatus } from './objectStatus';
import { current, failed, inProgress } from './outcomes';

/**
 * For kinds that have no rules of their own: the conditions `Stalled`,
 * `Reconciling` and `Ready` where the object has them, else it is current once
 * it exists.
 */
export function readyCondition(object: KubernetesObject): ObjectStatus {
  const { conditions } = readObject(conditionedSchema, object).status;
  const stalled = findCondition(conditions, 'Stalled');
  if (stalled?.status === 'True') {
    return failed(describeCondition(stalled));
  }
  const reconciling = findCondition(conditions, 'Reconciling');
  if (reconciling?.status === 'True') {
    return inProgress(describeCondition(reconciling));
  }
  const ready = findCondition(conditions, 'Ready');
  if (ready && ready.status !== 'True') {
    return inProgress(describeCondition(ready));
  }
  return current(ready ? 'Ready' : 'exists');
}
