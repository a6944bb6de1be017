import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../model/Clock';
import type { ResourceType } from '../model/ResourceType';
import { StatusError } from '../model/StatusError';
import {
  type KubeletContext,
  type PodEvent,
  recordPodEvent,
} from './KubeletContext';
import { type PodObject, readPod } from './podObject';
import { type PodFacts, podStatus } from './status/podStatus';

const FIELD_MANAGER = 'kubelet';

export type StatusFacts = Omit<PodFacts, 'pod' | 'startTime' | 'now'>;

/** The object of one pod: what the kubelet reads of it, and all that it writes. */
export class StoredPod {
  readonly uid: string;
  readonly #context: KubeletContext;
  readonly #type: ResourceType;
  readonly #startTime: string;
  #object: KubernetesObject;
  #pod: PodObject;
  #announced = false;
  #silent = false;

  constructor(
    context: KubeletContext,
    type: ResourceType,
    object: KubernetesObject,
  ) {
    this.#context = context;
    this.#type = type;
    this.#object = object;
    this.#pod = readPod(object);
    this.uid = this.#pod.metadata.uid;
    this.#startTime =
      this.#pod.status.startTime ?? timestamp(context.clock.now());
  }

  get object(): KubernetesObject {
    return this.#object;
  }

  get pod(): PodObject {
    return this.#pod;
  }

  /** RFC 3339. */
  get startTime(): string {
    return this.#startTime;
  }

  /** `<namespace>/<name>` */
  get fullName(): string {
    const { namespace, name } = this.#pod.metadata;
    return `${namespace}/${name}`;
  }

  /** It was changed by somebody. */
  update(object: KubernetesObject): void {
    this.#object = object;
    this.#pod = readPod(object);
  }

  /** The pod is gone, or this process is about to be: nothing is written any more. */
  silence(): void {
    this.#silent = true;
  }

  /** Several changes of one turn are one write. */
  writeSoon(facts: () => StatusFacts): void {
    if (!this.#announced && !this.#silent) {
      this.#announced = true;
      setImmediate(() => {
        this.#announced = false;
        this.write(facts());
      });
    }
  }

  write(facts: StatusFacts): void {
    const { objects, clock, log } = this.#context;
    const stored = objects.find(this.#type, this.#key());
    if (this.#silent || stored?.metadata.uid !== this.uid) {
      return;
    }
    const status = podStatus({
      ...facts,
      pod: readPod(stored),
      startTime: this.#startTime,
      now: timestamp(clock.now()),
    });
    if (isDeepStrictEqual(stored.status, status)) {
      return;
    }
    try {
      const { object } = objects.update(
        this.#type,
        this.#key(),
        { ...stored, status },
        { manager: FIELD_MANAGER, subresource: 'status' },
      );
      this.#object = object;
    } catch (error) {
      if (!(error instanceof StatusError && error.code === 404)) {
        log(`status of pod ${this.fullName} not written: ${String(error)}`);
      }
    }
  }

  /** Nothing of the pod runs any more. */
  delete(): void {
    if (this.#silent) {
      return;
    }
    try {
      this.#context.objects.delete(this.#type, this.#key(), {
        gracePeriodSeconds: 0,
        preconditions: { uid: this.uid },
      });
    } catch (error) {
      const gone =
        error instanceof StatusError &&
        (error.code === 404 || error.code === 409);
      if (!gone) {
        throw error;
      }
    }
  }

  event(event: PodEvent): void {
    if (!this.#silent) {
      recordPodEvent(this.#context, this.#object, event);
    }
  }

  #key() {
    const { namespace, name } = this.#pod.metadata;
    return { namespace, name };
  }
}
