import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventRecorder } from '../../ports/EventRecorder';
import { requireType } from '../../runtime/requireType';
import { sameJson } from '../../runtime/sameJson';
import { KEDA_API_VERSION, KEDA_MANAGER } from './names';
import {
  readScaledObjectSpec,
  readScaledObjectStatus,
  type KedaCondition,
  type ScaledObjectSpec,
  type ScaledObjectStatus,
} from './scaledObjectSpec';

/** One ScaledObject at one moment. */
export interface ScaledObject {
  key: string;
  object: KubernetesObject;
  namespace: string;
  name: string;
  spec: ScaledObjectSpec;
  status: ScaledObjectStatus;
}

export interface KedaEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** The reason, where absent. */
  action?: string;
  /** Who says it. Default: the operator. */
  component?: 'keda-operator' | 'keda-admission';
}

/** Reads and writes ScaledObjects as KEDA's operator. */
export class ScaledObjects {
  readonly #objects: ClusterObjects;
  readonly #events: EventRecorder;

  constructor(objects: ClusterObjects, events: EventRecorder) {
    this.#objects = objects;
    this.#events = events;
  }

  get type(): ResourceType {
    return requireType(this.#objects, KEDA_API_VERSION, 'ScaledObject');
  }

  /** @param key - `namespace/name` */
  find(key: string): ScaledObject | undefined {
    const [namespace, name] = key.split('/');
    const object = this.#objects.find(this.type, { namespace, name });
    return object && this.read(object);
  }

  read(object: KubernetesObject): ScaledObject {
    const { namespace = '', name } = object.metadata;
    return {
      key: `${namespace}/${name}`,
      object,
      namespace,
      name,
      spec: readScaledObjectSpec(object),
      status: readScaledObjectStatus(object),
    };
  }

  update(object: KubernetesObject): ScaledObject {
    const { namespace, name } = object.metadata;
    return this.read(
      this.#objects.update(this.type, { namespace, name }, object, {
        manager: KEDA_MANAGER,
      }).object,
    );
  }

  /**
   * Sets fields of the status; a field that becomes undefined goes.
   *
   * @returns the object as it is now; undefined where it is gone
   */
  setStatus(
    key: string,
    change: (
      status: ScaledObjectStatus,
    ) => Record<string, unknown> & { conditions?: KedaCondition[] },
  ): ScaledObject | undefined {
    const current = this.find(key);
    if (current === undefined) {
      return undefined;
    }
    const before: unknown = current.object.status;
    const after: Record<string, unknown> = {
      ...(typeof before === 'object' ? before : {}),
      ...change(current.status),
    };
    const status = Object.fromEntries(
      Object.entries(after).filter(([, value]) => value !== undefined),
    );
    if (sameJson(before ?? {}, status)) {
      return current;
    }
    const { namespace, name } = current;
    return this.read(
      this.#objects.update(
        this.type,
        { namespace, name },
        { ...current.object, status },
        { manager: KEDA_MANAGER, subresource: 'status' },
      ).object,
    );
  }

  record({ object }: Pick<ScaledObject, 'object'>, event: KedaEvent): void {
    this.#events.record({
      object,
      component: 'keda-operator',
      ...event,
      action: event.action ?? event.reason,
    });
  }
}
