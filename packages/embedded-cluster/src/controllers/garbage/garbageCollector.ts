import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Controller } from '../../ports/Controller';
import type { DeleteRequest } from '../../ports/ClusterObjects';
import { Reconciler } from '../../runtime/Reconciler';
import type { ControllerContext } from '../foundation/ControllerContext';
import { watchEveryObject, type AnyChange } from '../foundation/EveryObject';
import { isPassing } from '../foundation/isPassing';
import { ownersOf } from '../foundation/ownership';
import { OwnershipGraph, type Node } from './OwnershipGraph';
import { FOREGROUND, ORPHAN, ownerStates } from './ownerStates';
import { withoutFinalizer, withoutOwners } from './withoutOwners';
import { messageOf } from '../../runtime/messageOf';

/**
 * Deletes what lost its last owner, and leads the two ways of deletion that
 * concern dependents: foreground waits for them, orphan cuts them off.
 */
export function createGarbageCollector(context: ControllerContext): Controller {
  const { objects, clock, log } = context;
  const graph = new OwnershipGraph();
  const reconciler = new Reconciler({
    name: 'garbage-collector',
    clock,
    reconcile: uid => {
      const node = graph.node(uid);
      if (node !== undefined) {
        collect(context, graph, node);
      }
    },
    onError: (uid, error) => {
      if (!isPassing(error)) {
        const { type, key } = graph.node(uid) ?? {};
        log.warn(
          `The garbage collector could not deal with ${type?.kind} ${
            key?.namespace ?? ''
          }/${key?.name}, and tries again: ${messageOf(error)}`,
        );
      }
    },
  });
  const note = ({ change, type, object }: AnyChange) => {
    const { uid } = object.metadata;
    if (uid === undefined) {
      return;
    }
    if (change === 'DELETED') {
      // Before it leaves the graph: whom it owned, and who waits for it.
      const concerned = [
        ...graph.dependentsOf(uid).map(node => node.uid),
        ...graph.ownersOf(uid),
      ];
      graph.remove(uid);
      reconciler.forget(uid);
      concerned.forEach(other => reconciler.enqueue(other));
      return;
    }
    const ownersBefore = graph.ownersOf(uid);
    graph.put(type, object);
    if (
      graph.ownersOf(uid).length > 0 ||
      object.metadata.deletionTimestamp !== undefined
    ) {
      reconciler.enqueue(uid);
    }
    for (const owner of ownersBefore) {
      // One that is let go, or blocks no more, is one less to wait for.
      reconciler.enqueue(owner);
    }
  };
  let stop: (() => void) | undefined;
  return {
    name: 'garbage-collector',
    start() {
      stop = watchEveryObject(objects, note);
    },
    async stop() {
      stop?.();
      await reconciler.stop();
    },
  };
}

function collect(
  context: ControllerContext,
  graph: OwnershipGraph,
  node: Node,
): void {
  const object = context.objects.find(node.type, node.key);
  if (object === undefined || object.metadata.uid !== node.uid) {
    return;
  }
  const finalizers = object.metadata.finalizers ?? [];
  if (object.metadata.deletionTimestamp === undefined) {
    deleteIfUnowned(context, graph, node, object);
  } else if (finalizers.includes(ORPHAN)) {
    for (const dependent of graph.dependentsOf(node.uid)) {
      withoutOwners(context, dependent, new Set([node.uid]));
    }
    withoutFinalizer(context, node, ORPHAN);
  } else if (finalizers.includes(FOREGROUND)) {
    deleteDependents(context, graph, node);
  }
}

function deleteIfUnowned(
  context: ControllerContext,
  graph: OwnershipGraph,
  node: Node,
  object: KubernetesObject,
): void {
  const { solid, absent, waiting } = ownerStates(context.objects, object);
  if (absent.length === 0 && waiting.length === 0) {
    return;
  }
  if (solid.length > 0) {
    withoutOwners(
      context,
      node,
      new Set([...absent, ...waiting].map(({ uid }) => uid)),
    );
    return;
  }
  remove(
    context,
    node,
    waiting.length > 0 && graph.dependentsOf(node.uid).length > 0
      ? 'Foreground'
      : policyOf(object),
  );
}

/** What the object's finalizers ask for, were it deleted. */
function policyOf(
  object: KubernetesObject,
): NonNullable<DeleteRequest['propagationPolicy']> {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(ORPHAN)) {
    return 'Orphan';
  }
  return finalizers.includes(FOREGROUND) ? 'Foreground' : 'Background';
}

function remove(
  { objects }: ControllerContext,
  { type, key, uid }: Node,
  propagationPolicy: DeleteRequest['propagationPolicy'],
): void {
  try {
    objects.delete(type, key, { propagationPolicy, preconditions: { uid } });
  } catch (error) {
    if (!isPassing(error)) {
      throw error;
    }
  }
}

function deleteDependents(
  context: ControllerContext,
  graph: OwnershipGraph,
  owner: Node,
): void {
  let blocked = false;
  for (const dependent of graph.dependentsOf(owner.uid)) {
    const object = context.objects.find(dependent.type, dependent.key);
    if (object === undefined || object.metadata.uid !== dependent.uid) {
      continue;
    }
    if (object.metadata.deletionTimestamp === undefined) {
      deleteIfUnowned(context, graph, dependent, object);
    }
    const left = context.objects.find(dependent.type, dependent.key);
    if (
      left !== undefined &&
      left.metadata.uid === dependent.uid &&
      ownersOf(left).some(
        ({ uid, blockOwnerDeletion }) =>
          uid === owner.uid && blockOwnerDeletion === true,
      )
    ) {
      blocked = true;
    }
  }
  if (!blocked) {
    withoutFinalizer(context, owner, FOREGROUND);
  }
}
