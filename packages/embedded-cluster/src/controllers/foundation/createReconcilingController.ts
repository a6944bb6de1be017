import type { Controller } from '../../ports/Controller';
import { Reconciler, type ReconcileResult } from '../../runtime/Reconciler';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ControllerContext } from './ControllerContext';
import { isPassing } from './isPassing';
import type { Informers, ObjectChange } from './Informer';
import { objectKeyOf } from './objectKey';
import { messageOf } from '../../runtime/messageOf';

/** A kind to watch, and whom a change of one of its objects concerns. */
export interface Watched {
  apiVersion: string;
  kind: string;
  /** @returns keys of the objects to reconcile */
  concerns(change: ObjectChange): Iterable<string>;
}

export interface ReconcilingControllerOptions {
  name: string;
  context: ControllerContext;
  informers: Informers;
  watches: readonly Watched[];
  reconcile(key: ObjectKey): ReconcileResult | Promise<ReconcileResult>;
}

/** A controller in the usual form: watches feed a work queue, which reconciles one object at a time. */
export function createReconcilingController(
  options: ReconcilingControllerOptions,
): Controller {
  const { name, context, informers, watches } = options;
  const reconciler = new Reconciler({
    name,
    clock: context.clock,
    reconcile: key => options.reconcile(objectKeyOf(key)),
    onError: (key, error) => {
      if (!isPassing(error)) {
        context.log.warn(
          `${name} could not bring ${key} into its state, and tries again: ${messageOf(
            error,
          )}`,
        );
      }
    },
  });
  let stops: (() => void)[] = [];
  return {
    name,
    start() {
      stops = watches.map(({ apiVersion, kind, concerns }) =>
        informers.of(apiVersion, kind).listen(change => {
          for (const key of concerns(change)) {
            reconciler.enqueue(key);
          }
        }),
      );
    },
    async stop() {
      stops.forEach(stop => stop());
      stops = [];
      await reconciler.stop();
    },
  };
}
