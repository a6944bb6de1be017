import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import { formChoicesApiRef } from '../../api';
import { listClusters } from '../../clusters/listClusters';

/** Refuses on Next a cluster that Backstage does not know or the user may not use, as a link may carry one. */
export const validateCluster: CustomFieldValidator<string | undefined> = async (
  cluster,
  field,
  { apiHolder },
) => {
  if (cluster === undefined) {
    return; // required or not is said by the form's schema
  }
  const kubernetesApi = apiHolder.get(kubernetesApiRef);
  if (kubernetesApi === undefined) {
    field.addError(
      'Clusters cannot be listed, because the kubernetes plugin is not installed in the app.',
    );
    return;
  }
  const known = (await listClusters(kubernetesApi)).map(({ name }) => name);
  const choices = await apiHolder.get(formChoicesApiRef)?.getClusters();
  const names = known.filter(
    name =>
      choices === undefined ||
      choices.clusters.some(choice => choice.name === name),
  );
  if (!names.includes(cluster)) {
    field.addError(
      names.length === 0
        ? `Backstage knows no cluster '${cluster}' that you may create on, nor any other.`
        : `Backstage knows no cluster '${cluster}' that you may create on. Allowed: ${names.join(
            ', ',
          )}.`,
    );
  }
};
