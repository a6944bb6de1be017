import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { matchesSelector } from '../../model/labels';
import type { Controller } from '../../ports/Controller';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ControllerContext } from '../foundation/ControllerContext';
import { createReconcilingController } from '../foundation/createReconcilingController';
import type { Informers, ObjectChange } from '../foundation/Informer';
import { queueKeyOf } from '../foundation/objectKey';
import { controllerOf } from '../foundation/ownership';
import { requireType } from '../../runtime/requireType';
import { writeStatus } from '../foundation/writeStatus';
import { budgetStatus } from './budgetStatus';
import { budgetView } from './budgetView';

const COMPONENT = 'controllermanager';

/** Counts for each PodDisruptionBudget how many of its pods may be evicted. */
export function createDisruptionController(
  context: ControllerContext,
  informers: Informers,
): Controller {
  const { objects } = context;
  const inNamespace = (
    { object, previous }: ObjectChange,
    concerns: (
      budget: KubernetesObject,
      objectOrBefore: KubernetesObject,
    ) => boolean,
  ) => {
    const { namespace } = object.metadata;
    const type = requireType(objects, 'policy/v1', 'PodDisruptionBudget');
    return objects
      .list(type, { namespace })
      .items.filter(
        budget =>
          concerns(budget, object) ||
          (previous !== undefined && concerns(budget, previous)),
      )
      .map(queueKeyOf);
  };
  const scaled = (kind: string) => ({
    apiVersion: 'apps/v1',
    kind,
    // A budget's pods are of workloads whose labels need not match: all of
    // the namespace are counted again when what a workload wants changes.
    concerns: (change: ObjectChange) => inNamespace(change, () => true),
  });
  return createReconcilingController({
    name: 'disruption-controller',
    context,
    informers,
    watches: [
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        concerns: ({ object }) => [queueKeyOf(object)],
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        concerns: change =>
          inNamespace(change, (budget, pod) =>
            matchesSelector(
              pod.metadata.labels,
              budgetView(budget).spec.selector ?? undefined,
            ),
          ),
      },
      scaled('Deployment'),
      {
        ...scaled('ReplicaSet'),
        concerns: change =>
          controllerOf(change.object) === undefined
            ? inNamespace(change, () => true)
            : [],
      },
    ],
    reconcile: key => reconcile(context, key),
  });
}

function reconcile(context: ControllerContext, key: ObjectKey): void {
  const { objects, clock, events } = context;
  const type = requireType(objects, 'policy/v1', 'PodDisruptionBudget');
  const budget = objects.find(type, key);
  if (budget === undefined) {
    return;
  }
  const selector = budgetView(budget).spec.selector ?? undefined;
  const pods = objects
    .list(requireType(objects, 'v1', 'Pod'), { namespace: key.namespace })
    .items.filter(({ metadata }) => matchesSelector(metadata.labels, selector));
  const { status, failure } = budgetStatus({
    objects,
    budget,
    pods,
    nowMilliseconds: clock.now(),
  });
  if (pods.length === 0) {
    events.record({
      object: budget,
      type: 'Normal',
      reason: 'NoPods',
      message: 'No matching pods found',
      component: COMPONENT,
    });
  }
  if (failure !== undefined) {
    events.record({
      object: budget,
      type: 'Warning',
      reason: 'CalculateExpectedPodCountFailed',
      message: `Failed to calculate the number of expected pods: ${failure}`,
      component: COMPONENT,
    });
  }
  writeStatus(objects, type, { object: budget, status });
}
