import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import { listClusters } from '../../clusters/listClusters';

/** Refuses on Next a cluster that Backstage does not know, as a link may carry one. */
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
  const names = (await listClusters(kubernetesApi)).map(({ name }) => name);
  if (!names.includes(cluster)) {
    field.addError(
      names.length === 0
        ? `Backstage knows no cluster '${cluster}', nor any other.`
        : `Backstage knows no cluster '${cluster}'. Known: ${names.join(
            ', ',
          )}.`,
    );
  }
};
