import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { matchesSelector } from '../../model/labels';
import type { Controller } from '../../ports/Controller';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ReconcileResult } from '../../runtime/Reconciler';
import { claim } from '../foundation/claim';
import type { ControllerContext } from '../foundation/ControllerContext';
import { createReconcilingController } from '../foundation/createReconcilingController';
import type { Informers, ObjectChange } from '../foundation/Informer';
import { queueKeyOf } from '../foundation/objectKey';
import { controllerOf, isControlledBy } from '../foundation/ownership';
import { createPod, deletePod } from '../foundation/podControl';
import { isNamespaceTerminating } from '../foundation/isNamespaceTerminating';
import { requireType } from '../../runtime/requireType';
import { writeStatus } from '../foundation/writeStatus';
import {
  isPodActive,
  isPodReady,
  isPodTerminating,
  readySinceMilliseconds,
} from '../views/podView';
import { replicaSetView } from '../views/replicaSetView';
import { inDeletionOrder } from './deletionOrder';
import { replicaSetStatus, type ReplicaSetCount } from './replicaSetStatus';
import { messageOf } from '../../runtime/messageOf';

const COMPONENT = 'replicaset-controller';
/** So many pods are made or deleted in one round. */
const BURST_REPLICAS = 500;

/** Keeps as many pods as a ReplicaSet asks for. */
export function createReplicaSetController(
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
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        concerns: ({ object }) => [queueKeyOf(object)],
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        concerns: change => replicaSetsOfPod(objects, change),
      },
    ],
    reconcile: key => reconcileReplicaSet(context, key),
  });
}

function* replicaSetsOfPod(
  objects: ControllerContext['objects'],
  { object, previous }: ObjectChange,
): Iterable<string> {
  for (const pod of previous === undefined ? [object] : [object, previous]) {
    const controller = controllerOf(pod);
    if (controller?.kind === 'ReplicaSet') {
      yield `${pod.metadata.namespace}/${controller.name}`;
    }
  }
  if (controllerOf(object) === undefined) {
    const type = requireType(objects, 'apps/v1', 'ReplicaSet');
    const { namespace, labels } = object.metadata;
    for (const replicaSet of objects.list(type, { namespace }).items) {
      if (matchesSelector(labels, replicaSetView(replicaSet).spec.selector)) {
        yield queueKeyOf(replicaSet);
      }
    }
  }
}

function reconcileReplicaSet(
  context: ControllerContext,
  key: ObjectKey,
): ReconcileResult {
  const { objects, clock } = context;
  const type = requireType(objects, 'apps/v1', 'ReplicaSet');
  const replicaSet = objects.find(type, key);
  if (replicaSet === undefined) {
    return undefined;
  }
  const { spec } = replicaSetView(replicaSet);
  const pods = claim({
    objects,
    owner: replicaSet,
    selector: spec.selector,
    type: requireType(objects, 'v1', 'Pod'),
  });
  const active = pods.filter(isPodActive);
  let error: unknown;
  let failure: ReplicaSetCount['failure'];
  if (replicaSet.metadata.deletionTimestamp === undefined) {
    try {
      scale(context, replicaSet, active);
    } catch (caught) {
      error = caught;
      failure = isNamespaceTerminating(caught)
        ? undefined
        : {
            during: active.length < spec.replicas ? 'create' : 'delete',
            message: messageOf(caught),
          };
    }
  }
  const now = clock.now();
  // Counted as they were before: what this round made or deleted comes back
  // as events, as it does for the real controller.
  const written = writeStatus(objects, type, {
    object: replicaSet,
    status: replicaSetStatus({
      replicaSet,
      active,
      terminatingCount: pods.filter(isPodTerminating).length,
      nowMilliseconds: now,
      ...(failure === undefined ? {} : { failure }),
    }),
  });
  if (error !== undefined && !isNamespaceTerminating(error)) {
    throw error;
  }
  return againWhenAvailable(written, active, now);
}

function scale(
  context: ControllerContext,
  replicaSet: KubernetesObject,
  active: readonly KubernetesObject[],
): void {
  const { spec } = replicaSetView(replicaSet);
  const missing = Math.min(spec.replicas - active.length, BURST_REPLICAS);
  for (let made = 0; made < missing; made++) {
    createPod(context, {
      owner: replicaSet,
      template: spec.template,
      component: COMPONENT,
    });
  }
  const surplus = Math.min(active.length - spec.replicas, BURST_REPLICAS);
  if (surplus > 0) {
    const order = inDeletionOrder(
      active,
      relatedPods(context, replicaSet),
      context.clock.now(),
    );
    for (const pod of order.slice(0, surplus)) {
      deletePod(context, { owner: replicaSet, pod, component: COMPONENT });
    }
  }
}

/** Active pods of all ReplicaSets that have the same owner. */
function relatedPods(
  { objects }: ControllerContext,
  replicaSet: KubernetesObject,
): KubernetesObject[] {
  const owner = controllerOf(replicaSet)?.uid;
  const { namespace } = replicaSet.metadata;
  const siblings =
    owner === undefined
      ? [replicaSet]
      : objects
          .list(requireType(objects, 'apps/v1', 'ReplicaSet'), { namespace })
          .items.filter(other => controllerOf(other)?.uid === owner);
  return objects
    .list(requireType(objects, 'v1', 'Pod'), { namespace })
    .items.filter(
      pod =>
        isPodActive(pod) &&
        siblings.some(sibling => isControlledBy(pod, sibling)),
    );
}

/** A pod that is ready, but not long enough, becomes available without any event. */
function againWhenAvailable(
  replicaSet: KubernetesObject,
  active: readonly KubernetesObject[],
  nowMilliseconds: number,
): ReconcileResult {
  const { minReadySeconds } = replicaSetView(replicaSet).spec;
  const waits = active
    .filter(isPodReady)
    .map(
      pod =>
        (readySinceMilliseconds(pod) ?? nowMilliseconds) +
        minReadySeconds * 1000 -
        nowMilliseconds,
    )
    .filter(wait => wait > 0);
  return waits.length === 0
    ? undefined
    : { againAfterMilliseconds: Math.min(...waits) };
}
