import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionedSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, failed, inProgress } from '../outcomes';

/** Established; names that another definition holds do not become free by waiting. */
export function customResourceDefinitionStatus(
  object: KubernetesObject,
): ObjectStatus {
  const { conditions } = readObject(conditionedSchema, object).status;
  const accepted = findCondition(conditions, 'NamesAccepted');
  if (accepted?.status === 'False') {
    return failed(describeCondition(accepted));
  }
  const established = findCondition(conditions, 'Established');
  if (established?.status === 'True') {
    return current('Established');
  }
  return inProgress(
    established ? describeCondition(established) : 'not established yet',
  );
}
