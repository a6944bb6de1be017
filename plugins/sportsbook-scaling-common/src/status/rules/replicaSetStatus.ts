import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionsSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';
import {
  observedGeneration,
  ofWanted,
  replicaCounts,
  specReplicas,
} from '../replicaCounts';

const schema = z.object({
  spec: z.object({ replicas: specReplicas }),
  status: z
    .object({
      ...replicaCounts,
      fullyLabeledReplicas: z.number().nullish(),
      observedGeneration,
      conditions: conditionsSchema,
    })
    .nullish(),
});

/** As many replicas as wanted, all available. */
export function replicaSetStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  if (!status || typeof status.observedGeneration !== 'number') {
    return inProgress('its controller has not seen it yet');
  }
  const failure = findCondition(status.conditions, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return inProgress(describeCondition(failure));
  }
  const wanted = spec.replicas;
  const labeled = status.fullyLabeledReplicas ?? wanted;
  if (labeled < wanted) {
    return inProgress(ofWanted('With all labels', labeled, wanted));
  }
  if (status.availableReplicas < wanted) {
    return inProgress(ofWanted('Available', status.availableReplicas, wanted));
  }
  if (status.replicas > wanted) {
    return inProgress(`${status.replicas - wanted} replicas too many`);
  }
  return current(ofWanted('Available', status.availableReplicas, wanted));
}
