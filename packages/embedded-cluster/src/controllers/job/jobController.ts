import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Controller } from '../../ports/Controller';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ReconcileResult } from '../../runtime/Reconciler';
import type { ControllerContext } from '../foundation/ControllerContext';
import { createReconcilingController } from '../foundation/createReconcilingController';
import type { Informers } from '../foundation/Informer';
import { queueKeyOf } from '../foundation/objectKey';
import { controllerOf } from '../foundation/ownership';
import { requireType } from '../../runtime/requireType';
import { isTracked } from './countPods';
import { finishedCondition } from './jobConditions';
import { COMPONENT, jobView } from './jobView';
import { reconcileJob } from './reconcileJob';
import { untrackPod } from './trackPods';

/** Runs Jobs to their completion. */
export function createJobController(
  context: ControllerContext,
  informers: Informers,
): Controller {
  const { objects } = context;
  return createReconcilingController({
    name: COMPONENT,
    context,
    informers,
    watches: [
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        concerns: ({ object }) => [queueKeyOf(object)],
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        concerns: ({ object }) => jobOfPod(object),
      },
    ],
    reconcile(key) {
      const job = objects.find(requireType(objects, 'batch/v1', 'Job'), key);
      releaseOrphans(context, key, job);
      return job === undefined ? undefined : reconcileJob(context, job);
    },
  });
}

function jobOfPod(pod: KubernetesObject): string[] {
  const controller = controllerOf(pod);
  return controller?.kind === 'Job'
    ? [`${pod.metadata.namespace}/${controller.name}`]
    : [];
}

/** Pods of a Job that is gone wait for nobody to count them. */
function releaseOrphans(
  context: ControllerContext,
  key: ObjectKey,
  job: KubernetesObject | undefined,
): void {
  const { objects } = context;
  for (const pod of objects.list(requireType(objects, 'v1', 'Pod'), {
    namespace: key.namespace,
  }).items) {
    const controller = controllerOf(pod);
    if (
      controller?.kind === 'Job' &&
      controller.name === key.name &&
      controller.uid !== job?.metadata.uid &&
      isTracked(pod)
    ) {
      untrackPod(context, pod);
    }
  }
}

/** Deletes Jobs some time after they finished, where they ask for it. */
export function createFinishedJobController(
  context: ControllerContext,
  informers: Informers,
): Controller {
  return createReconcilingController({
    name: 'ttl-after-finished-controller',
    context,
    informers,
    watches: [
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        concerns: ({ object }) => [queueKeyOf(object)],
      },
    ],
    reconcile: key => deleteWhenOld(context, key),
  });
}

function deleteWhenOld(
  { objects, clock }: ControllerContext,
  key: ObjectKey,
): ReconcileResult {
  const type = requireType(objects, 'batch/v1', 'Job');
  const job = objects.find(type, key);
  if (job === undefined || job.metadata.deletionTimestamp !== undefined) {
    return undefined;
  }
  const { spec, status } = jobView(job);
  const finished = finishedCondition(status.conditions);
  if (
    finished === undefined ||
    typeof spec.ttlSecondsAfterFinished !== 'number'
  ) {
    return undefined;
  }
  const left =
    Date.parse(finished.lastTransitionTime ?? '') +
    spec.ttlSecondsAfterFinished * 1000 -
    clock.now();
  if (left > 0) {
    return { againAfterMilliseconds: left };
  }
  objects.delete(type, key, {
    propagationPolicy: 'Foreground',
    preconditions: { uid: job.metadata.uid },
  });
  return undefined;
}
