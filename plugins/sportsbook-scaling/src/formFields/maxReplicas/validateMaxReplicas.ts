import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { maxReplicasProblem } from '../../model/maxReplicasProblem';
import { minReplicasOf } from '../formValues';

/** Refuses on Next a maximum below the form's minimum. */
export const validateMaxReplicas: CustomFieldValidator<number | undefined> = (
  maxReplicas,
  field,
  { formData },
) => {
  if (maxReplicas === undefined) {
    return; // required or not is said by the form's schema
  }
  const problem = maxReplicasProblem(maxReplicas, minReplicasOf(formData));
  if (problem !== undefined) {
    field.addError(problem);
  }
};
