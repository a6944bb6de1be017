import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';
import {
  observedGeneration,
  ofWanted,
  replicaCounts,
  specReplicas,
} from '../replicaCounts';

const schema = z.object({
  spec: z.object({
    replicas: specReplicas,
    updateStrategy: z
      .object({
        type: z.string().nullish(),
        rollingUpdate: z.object({ partition: z.number().nullish() }).nullish(),
      })
      .nullish(),
  }),
  status: z.object({ ...replicaCounts, observedGeneration }).nullish(),
});

/**
 * All replicas are ready, and those that the update strategy wants updated are.
 * With `OnDelete` the controller updates none by itself.
 */
export function statefulSetStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  if (!status || typeof status.observedGeneration !== 'number') {
    return inProgress('its controller has not seen it yet');
  }
  const wanted = spec.replicas;
  if (status.readyReplicas < wanted) {
    return inProgress(ofWanted('Ready', status.readyReplicas, wanted));
  }
  if (status.replicas > wanted) {
    return inProgress(`${status.replicas - wanted} replicas too many`);
  }
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const toUpdate =
    spec.updateStrategy?.type === 'OnDelete'
      ? 0
      : Math.max(0, wanted - partition);
  if (status.updatedReplicas < toUpdate) {
    return inProgress(ofWanted('Updated', status.updatedReplicas, toUpdate));
  }
  return current(ofWanted('Ready', status.readyReplicas, wanted));
}
