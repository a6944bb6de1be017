import { z } from 'zod/v3';
import { KubernetesObject } from '../kubernetesObject';
import { readObject } from '../readObject';
import { WorkloadView } from '../snapshot';
import { replicaCounts, specReplicas } from '../status/replicaCounts';

const schema = z.object({
  spec: z.object({
    replicas: specReplicas,
    template: z
      .object({
        spec: z
          .object({
            containers: z.array(z.object({ image: z.string().nullish() })),
          })
          .nullish(),
      })
      .nullish(),
  }),
  status: z.object(replicaCounts).nullish(),
});

/**
 * A Deployment, StatefulSet or whatever else has replicas and a pod template.
 * The image is the first container's.
 *
 * @throws UnreadableObjectError where a field has another type than its API promises
 */
export function readWorkload(object: KubernetesObject): WorkloadView {
  const { spec, status } = readObject(schema, object);
  const image = spec.template?.spec?.containers[0]?.image;
  return {
    kind: object.kind,
    name: object.metadata.name,
    desiredReplicas: spec.replicas,
    readyReplicas: status?.readyReplicas ?? 0,
    updatedReplicas: status?.updatedReplicas ?? 0,
    ...(image && { image }),
  };
}
