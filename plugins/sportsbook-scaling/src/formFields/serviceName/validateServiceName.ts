import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { serviceNameProblem } from '../../model/serviceNameProblem';
import { monitoringOf } from '../formValues';

/** Refuses on Next what is no service name with the form's monitoring. */
export const validateServiceName: CustomFieldValidator<string | undefined> = (
  name,
  field,
  { formData },
) => {
  const problem = serviceNameProblem(name ?? '', monitoringOf(formData));
  if (problem !== undefined) {
    field.addError(problem);
  }
};
