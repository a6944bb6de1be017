import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionsSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, failed, inProgress } from '../outcomes';
import {
  observedGeneration,
  ofWanted,
  replicaCounts,
  specReplicas,
} from '../replicaCounts';

const schema = z.object({
  spec: z.object({ replicas: specReplicas, paused: z.boolean().nullish() }),
  status: z
    .object({
      ...replicaCounts,
      observedGeneration,
      conditions: conditionsSchema,
    })
    .nullish(),
});

/** All replicas are of the latest revision and available, and none of an older one is left. */
export function deploymentStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  if (!status || typeof status.observedGeneration !== 'number') {
    return inProgress('its controller has not seen it yet');
  }
  const progressing = findCondition(status.conditions, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return failed(describeCondition(progressing));
  }
  const wanted = spec.replicas;
  const shortages: [string, number][] = [
    ['Updated', status.updatedReplicas],
    ['Ready', status.readyReplicas],
    ['Available', status.availableReplicas],
  ];
  const shortage = shortages.find(([, have]) => have < wanted);
  if (shortage) {
    // A paused rollout never ends by itself.
    const counts = `${ofWanted(shortage[0], shortage[1], wanted)}${
      spec.paused === true && shortage[0] === 'Updated'
        ? ': its rollout is paused by spec.paused'
        : ''
    }`;
    const failure = findCondition(status.conditions, 'ReplicaFailure');
    return inProgress(
      failure?.status === 'True'
        ? `${counts}: ${describeCondition(failure)}`
        : counts,
    );
  }
  if (status.replicas > wanted) {
    return inProgress(
      `${
        status.replicas - wanted
      } replicas of an older revision or size are still there`,
    );
  }
  const available = findCondition(status.conditions, 'Available');
  return available?.status === 'False'
    ? inProgress(describeCondition(available))
    : current(ofWanted('Available', status.availableReplicas, wanted));
}
