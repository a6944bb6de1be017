import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionedSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';

/** It reads its metric and may scale. At its limits it is current: the limits are its spec. */
export function horizontalPodAutoscalerStatus(
  object: KubernetesObject,
): ObjectStatus {
  const { conditions } = readObject(conditionedSchema, object).status;
  const able = findCondition(conditions, 'AbleToScale');
  if (able && able.status !== 'True') {
    return inProgress(describeCondition(able));
  }
  const active = findCondition(conditions, 'ScalingActive');
  if (!active) {
    return inProgress('its controller has not read its metrics yet');
  }
  if (active.reason === 'ScalingDisabled') {
    return current(describeCondition(active));
  }
  if (active.status !== 'True') {
    return inProgress(describeCondition(active));
  }
  const limited = findCondition(conditions, 'ScalingLimited');
  return current(
    limited?.status === 'True'
      ? `Scaling, limited: ${limited.reason}`
      : 'Scaling on its metrics',
  );
}
