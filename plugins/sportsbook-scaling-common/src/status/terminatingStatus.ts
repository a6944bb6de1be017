import { KubernetesObject } from '../kubernetesObject';
import { readObject } from '../readObject';
import { conditionedSchema, describeCondition } from './conditions';
import { ObjectStatus } from './objectStatus';
import { terminating } from './outcomes';

/** An object that is being deleted, and what holds it. */
export function terminatingStatus(object: KubernetesObject): ObjectStatus {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  const holders =
    finalizers.length > 0 ? [`finalizers ${finalizers.join(', ')}`] : [];
  // Of the conditions, only a namespace's say what its deletion waits for.
  const remaining =
    object.kind === 'Namespace'
      ? readObject(conditionedSchema, object)
          .status.conditions.filter(({ status }) => status === 'True')
          .map(describeCondition)
      : [];
  const reasons = [...holders, ...remaining];
  return terminating(
    `being deleted since ${deletionTimestamp}${
      reasons.length > 0 ? `, held by ${reasons.join('; ')}` : ''
    }`,
  );
}
