import {
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { formatStatus } from '../model/BlockedObject';
import { objectKey } from '../model/objectKey';
import { vanishedJob } from './vanishedJob';

/** A change in what an object has become. */
export interface StatusChange {
  ref: ObjectRef;
  status: ObjectStatus['status'] | 'absent';
  /** `Deployment betting/odds-api InProgress: Ready 1/3`. */
  line: string;
}

/** An object that is waited for, as far as it is known. */
export interface Tracked {
  ref: ObjectRef;
  /** As it is; undefined where there is none. */
  object?: KubernetesObject;
  /** As it was seen last. */
  last?: KubernetesObject;
  status: ObjectStatus['status'] | 'absent' | 'unseen';
  message: string;
}

/** What each object of a wait has become so far. */
export class WaitLedger {
  readonly #tracked: Map<string, Tracked>;
  readonly #statusOf: (object: KubernetesObject) => ObjectStatus;

  constructor(
    refs: ObjectRef[],
    statusOf: (object: KubernetesObject) => ObjectStatus,
  ) {
    this.#tracked = new Map(
      refs.map(ref => [
        objectKey(ref),
        {
          ref,
          status: 'unseen',
          message: 'the cluster has not told its state',
        },
      ]),
    );
    this.#statusOf = statusOf;
  }

  all(): Tracked[] {
    return [...this.#tracked.values()];
  }

  /** What is not as its spec says. */
  pending(): Tracked[] {
    return this.all().filter(({ status }) => status !== 'current');
  }

  /** Whether nothing but a change of a spec could change the outcome. */
  isDecided(options: { failFast: boolean }): boolean {
    const pending = this.pending();
    const hasFailed = ({ status }: Tracked) => status === 'failed';
    return options.failFast
      ? pending.length === 0 || pending.some(hasFailed)
      : pending.every(hasFailed);
  }

  /**
   * @param seen.object - undefined: there is none
   * @param seen.last - what it was when it was deleted, where that was seen
   * @returns undefined where nothing is new about it
   */
  record(
    ref: ObjectRef,
    seen: { object?: KubernetesObject; last?: KubernetesObject },
  ): StatusChange | undefined {
    const key = objectKey(ref);
    const before = this.#tracked.get(key);
    if (before === undefined) {
      return undefined;
    }
    const last = seen.object ?? seen.last ?? before.last;
    const { status, message } = this.#judge(seen.object, last);
    this.#tracked.set(key, {
      ref: before.ref,
      object: seen.object,
      last,
      status,
      message,
    });
    return before.status === status && before.message === message
      ? undefined
      : {
          ref: before.ref,
          status,
          line: `${formatObjectRef(before.ref)} ${formatStatus(
            status,
          )}: ${message}`,
        };
  }

  #judge(
    object: KubernetesObject | undefined,
    last: KubernetesObject | undefined,
  ): { status: ObjectStatus['status'] | 'absent'; message: string } {
    if (object !== undefined) {
      return this.#statusOf(object);
    }
    return last === undefined
      ? { status: 'absent', message: 'there is no such object' }
      : vanishedJob(last) ?? {
          status: 'absent',
          message: 'it was deleted while it was waited for',
        };
  }
}
