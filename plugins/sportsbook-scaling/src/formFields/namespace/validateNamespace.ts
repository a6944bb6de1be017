import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { formChoicesApiRef } from '../../api';
import { namespaceProblem } from '../../model/namespaceAdvice';
import { clusterOf } from '../formValues';

/**
 * Refuses on Next a namespace that the user may not use. A list that cannot be
 * had holds nobody up: the plan is the judge.
 */
export const validateNamespace: CustomFieldValidator<
  string | undefined
> = async (namespace, field, { apiHolder, formData }) => {
  const cluster = clusterOf(formData);
  const api = apiHolder.get(formChoicesApiRef);
  if (namespace === undefined || cluster === undefined || api === undefined) {
    return; // required or not is said by the form's schema
  }
  try {
    const problem = namespaceProblem(
      await api.getNamespaces(cluster),
      namespace,
    );
    if (problem !== undefined) {
      field.addError(problem);
    }
  } catch {
    // Said below the field already.
  }
};
