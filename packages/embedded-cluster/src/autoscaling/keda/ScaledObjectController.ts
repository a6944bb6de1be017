import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Clock } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { Controller } from '../../ports/Controller';
import { Reconciler } from '../../runtime/Reconciler';
import { requireType } from '../../runtime/requireType';
import { sameJson } from '../../runtime/sameJson';
import { autoscalerHealth } from './autoscalerHealth';
import { withCondition } from './kedaConditions';
import { KEDA_ANNOTATIONS } from './names';
import { pausingOf } from './pausing';
import { reconcileScaledObject } from './reconcileScaledObject';
import type { ScaledObjects } from './ScaledObjects';
import type { ScaleLoops } from './ScaleLoops';
import type { TriggerReadings } from './TriggerReadings';
import { messageOf } from '../../runtime/messageOf';

export interface ScaledObjectControllerOptions {
  objects: ClusterObjects;
  scaledObjects: ScaledObjects;
  readings: TriggerReadings;
  loops: ScaleLoops;
  clock: Clock;
  log(line: string): void;
}

/** Everything of a ScaledObject that a reconciliation depends on; its status is not. */
function causeOf({ metadata }: KubernetesObject): unknown {
  const { generation, deletionTimestamp, labels, annotations = {} } = metadata;
  return {
    generation,
    deletionTimestamp,
    labels,
    annotations: Object.values(KEDA_ANNOTATIONS).map(
      name => annotations[name] ?? null,
    ),
  };
}

function ownerKeyOf({ metadata }: KubernetesObject): string | undefined {
  const owners: unknown = metadata.ownerReferences;
  const owner = Array.isArray(owners)
    ? owners.find(candidate => candidate?.kind === 'ScaledObject')
    : undefined;
  return owner === undefined
    ? undefined
    : `${metadata.namespace}/${owner.name}`;
}

/** KEDA's operator for ScaledObjects: keeps their autoscalers, and polls their triggers. */
export class ScaledObjectController implements Controller {
  readonly name = 'scaledobject';
  readonly #options: ScaledObjectControllerOptions;
  readonly #reconciler: Reconciler;
  readonly #causes = new Map<string, unknown>();
  readonly #autoscalers = new Map<string, KubernetesObject>();
  #unwatch: (() => void)[] = [];

  constructor(options: ScaledObjectControllerOptions) {
    this.#options = options;
    this.#reconciler = new Reconciler({
      name: this.name,
      clock: options.clock,
      firstBackoffMilliseconds: 250,
      reconcile: key => reconcileScaledObject(key, options),
      // What went wrong stands in the object's conditions and events.
      onError: () => {},
    });
  }

  start(): void {
    const { objects, scaledObjects } = this.#options;
    this.#unwatch = [
      objects.watch(
        scaledObjects.type,
        { resourceVersion: '0' },
        ({ type, object }) => this.#onScaledObject(type, object),
      ),
      objects.watch(
        requireType(objects, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
        { resourceVersion: '0' },
        ({ type, object }) => this.#onAutoscaler(type, object),
      ),
    ];
  }

  async stop(): Promise<void> {
    this.#unwatch.forEach(unwatch => unwatch());
    this.#causes.clear();
    this.#autoscalers.clear();
    await this.#reconciler.stop();
    await this.#options.loops.stop();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#reconciler.idle();
    await this.#options.loops.idle();
  }

  #onScaledObject(type: string, object: KubernetesObject): void {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    if (type === 'DELETED') {
      this.#causes.delete(key);
      this.#reconciler.forget(key);
      this.#options.loops.end(key);
      return;
    }
    const cause = causeOf(object);
    if (type !== 'BOOKMARK' && !sameJson(this.#causes.get(key), cause)) {
      this.#causes.set(key, cause);
      this.#reconciler.enqueue(key);
    }
  }

  #onAutoscaler(type: string, object: KubernetesObject): void {
    const owner = type === 'BOOKMARK' ? undefined : ownerKeyOf(object);
    if (owner === undefined) {
      return;
    }
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    const before = this.#autoscalers.get(key);
    if (type === 'DELETED') {
      this.#autoscalers.delete(key);
      this.#reconciler.enqueue(owner);
      return;
    }
    this.#autoscalers.set(key, object);
    if (before && !sameJson(wantedOf(before), wantedOf(object))) {
      this.#reconciler.enqueue(owner);
    }
    this.#mirrorHealth(owner, object);
  }

  /**
   * The real operator looks at its next poll; here the autoscaler's state is
   * passed on as it changes, so that nobody waits half a minute to see it.
   */
  #mirrorHealth(owner: string, autoscaler: KubernetesObject): void {
    const { scaledObjects, log } = this.#options;
    const health = autoscalerHealth(autoscaler);
    const scaledObject = scaledObjects.find(owner);
    if (
      health === undefined ||
      scaledObject === undefined ||
      scaledObject.status.hpaName !== autoscaler.metadata.name ||
      pausingOf(scaledObject.object.metadata.annotations).paused
    ) {
      return;
    }
    try {
      scaledObjects.setStatus(owner, ({ conditions }) => ({
        conditions: withCondition(conditions, 'HPAActive', health),
      }));
    } catch (error) {
      log(
        `the condition HPAActive of ScaledObject ${owner} was not stored: ${messageOf(
          error,
        )}`,
      );
    }
  }
}

function wantedOf({ spec, metadata }: KubernetesObject): unknown {
  return {
    spec,
    labels: metadata.labels,
    annotations: metadata.annotations,
  };
}
