import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { Controller } from '../../ports/Controller';
import { Reconciler, type ReconcileResult } from '../../runtime/Reconciler';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from '../foundation/ControllerContext';
import { storedTypes, watchEveryObject } from '../foundation/EveryObject';
import { isPassing } from '../foundation/isPassing';
import { requireType } from '../../runtime/requireType';
import { view } from '../foundation/view';
import { writeStatus } from '../foundation/writeStatus';
import { workloadCondition } from '../views/workloadParts';
import { namespaceConditions, type Remaining } from './namespaceConditions';
import { messageOf } from '../../runtime/messageOf';

const namespaceView = view(
  z.object({
    spec: z.object({ finalizers: z.array(z.string()).optional() }).nullish(),
    status: z
      .looseObject({ conditions: z.array(workloadCondition).nullish() })
      .nullish(),
  }),
);
/** The finalizer in `spec` that this controller takes away when nothing is left. */
const OURS = 'kubernetes';

/** Empties a namespace that is being deleted, says what holds it up, and lets it go. */
export function createNamespaceController(
  context: ControllerContext,
): Controller {
  const { objects, clock, log } = context;
  const going = new Set<string>();
  const reconciler = new Reconciler({
    name: 'namespace-controller',
    clock,
    reconcile: name => reconcile(context, name),
    onError: (name, error) => {
      if (!isPassing(error)) {
        log.warn(
          `Namespace ${name} cannot be emptied yet: ${messageOf(error)}`,
        );
      }
    },
  });
  let stop: (() => void) | undefined;
  return {
    name: 'namespace-controller',
    start() {
      stop = watchEveryObject(objects, ({ change, type, object }) => {
        const { name, namespace, deletionTimestamp } = object.metadata;
        if (type.group === '' && type.kind === 'Namespace') {
          if (change === 'DELETED') {
            going.delete(name);
            reconciler.forget(name);
          } else if (deletionTimestamp !== undefined) {
            going.add(name);
            reconciler.enqueue(name);
          }
        } else if (namespace !== undefined && going.has(namespace)) {
          reconciler.enqueue(namespace);
        }
      });
    },
    async stop() {
      stop?.();
      await reconciler.stop();
    },
  };
}

function reconcile(context: ControllerContext, name: string): ReconcileResult {
  const { objects, clock } = context;
  const type = requireType(objects, 'v1', 'Namespace');
  const namespace = objects.find(type, { name });
  if (namespace?.metadata.deletionTimestamp === undefined) {
    return undefined;
  }
  const failures = deleteContent(context, name);
  const remaining = contentOf(context, name);
  const status = namespaceView(namespace).status ?? {};
  const written = writeStatus(objects, type, {
    object: namespace,
    status: {
      ...status,
      phase: 'Terminating',
      conditions: namespaceConditions(
        remaining,
        failures,
        status.conditions ?? [],
        clock.now(),
      ),
    },
  });
  if (
    failures.length > 0 ||
    remaining.some(({ objects: left }) => left.length > 0)
  ) {
    // What goes tells so; this is for what failed.
    return { againAfterMilliseconds: 5000 };
  }
  finalize(context, written);
  return undefined;
}

/** @returns what went wrong, a sentence for each kind */
function deleteContent(
  { objects }: ControllerContext,
  namespace: string,
): string[] {
  const failures: string[] = [];
  for (const type of storedTypes(objects, { withEvents: true })) {
    if (!type.namespaced) {
      continue;
    }
    for (const object of objects.list(type, { namespace }).items) {
      if (object.metadata.deletionTimestamp !== undefined) {
        continue;
      }
      try {
        objects.delete(type, object.metadata, {
          propagationPolicy: 'Background',
        });
      } catch (error) {
        if (!isPassing(error)) {
          failures.push(messageOf(error));
        }
      }
    }
  }
  return failures;
}

function contentOf(
  { objects }: ControllerContext,
  namespace: string,
): Remaining[] {
  return storedTypes(objects)
    .filter(({ namespaced }) => namespaced)
    .map(type => ({
      group: type.group,
      resource: type.plural,
      objects: objects.list(type, { namespace }).items,
    }));
}

function finalize(
  { objects }: ControllerContext,
  namespace: KubernetesObject,
): void {
  const { spec } = namespaceView(namespace);
  objects.update(
    requireType(objects, 'v1', 'Namespace'),
    namespace.metadata,
    {
      ...namespace,
      spec: {
        finalizers: (spec?.finalizers ?? []).filter(
          finalizer => finalizer !== OURS,
        ),
      },
    },
    { manager: CONTROLLER_MANAGER, subresource: 'finalize' },
  );
}
