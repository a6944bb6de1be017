import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionedSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';

/** Available: the API server reaches whoever serves this API. */
export function apiServiceStatus(object: KubernetesObject): ObjectStatus {
  const available = findCondition(
    readObject(conditionedSchema, object).status.conditions,
    'Available',
  );
  if (available?.status === 'True') {
    return current('Available');
  }
  return inProgress(
    available ? describeCondition(available) : 'not checked yet',
  );
}
