import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { pausedBy } from '../../views/pausedBy';
import {
  conditionedSchema,
  describeCondition,
  findCondition,
  RawCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, failed, inProgress } from '../outcomes';

/**
 * KEDA refuses the spec itself. A missing target, or an autoscaler that could
 * not be made for another reason, is tried again.
 */
function isRefused({ reason, message }: RawCondition): boolean {
  return (
    reason === 'ScaledObjectCheckFailed' &&
    (/error parsing .* metadata/.test(message ?? '') ||
      /correct (triggers|Idle\/Min\/Max)/i.test(message ?? ''))
  );
}

/**
 * Current is more than `Ready`, which KEDA sets seconds after the apply even
 * for a query that fails: the autoscaler must have had a value once
 * (`HPAActive`), and no fallback may stand in for it. Paused is current, and
 * says so.
 */
export function scaledObjectStatus(object: KubernetesObject): ObjectStatus {
  const { conditions } = readObject(conditionedSchema, object).status;
  const ready = findCondition(conditions, 'Ready');
  if (!ready) {
    return inProgress('KEDA has not seen it yet');
  }
  if (ready.status !== 'True') {
    const message = describeCondition(ready);
    // Ready names only that something fails; what fails is in HPAActive.
    const cause = findCondition(conditions, 'HPAActive');
    return isRefused(ready)
      ? failed(message)
      : inProgress(
          cause && cause.status === 'False'
            ? `${message}; ${describeCondition(cause)}`
            : message,
        );
  }
  const paused =
    findCondition(conditions, 'Paused')?.status === 'True'
      ? pausedBy(object.metadata.annotations)
      : undefined;
  if (paused?.how === 'all') {
    return current(
      `Paused by annotation${
        paused.replicas === undefined ? '' : ` at ${paused.replicas} replicas`
      }: nothing is scaled`,
    );
  }
  const fallback = findCondition(conditions, 'Fallback');
  if (fallback?.status === 'True') {
    return inProgress(describeCondition(fallback));
  }
  const autoscaling = findCondition(conditions, 'HPAActive');
  if (!autoscaling) {
    return inProgress('waiting for the autoscaler to read its metric');
  }
  if (autoscaling.status !== 'True') {
    return inProgress(describeCondition(autoscaling));
  }
  if (paused) {
    return current(
      `Scaling ${
        paused.how === 'scaleIn' ? 'in' : 'out'
      } is paused by annotation`,
    );
  }
  return current(
    autoscaling.reason === 'ScalingDisabled'
      ? 'Idle at 0 replicas'
      : 'Scaling on its triggers',
  );
}
