import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { queueKeyOf } from './objectKey';
import { requireType } from '../../runtime/requireType';

export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
  /** As it was before; absent for one that is new. */
  previous?: KubernetesObject;
}

/**
 * One watch of one kind for all controllers, which remembers how each object
 * was before: a pod that lost a label concerns the Service that it left.
 *
 * It is no cache to read from. Reads go to the store, which is in the same
 * process and never behind, so that no controller needs to remember what it
 * has written (the "expectations" of the real ones).
 */
export class Informer {
  readonly #objects: ClusterObjects;
  readonly #apiVersion: string;
  readonly #kind: string;
  readonly #last = new Map<string, KubernetesObject>();
  readonly #listeners = new Set<(change: ObjectChange) => void>();
  #stop: (() => void) | undefined;

  constructor(objects: ClusterObjects, apiVersion: string, kind: string) {
    this.#objects = objects;
    this.#apiVersion = apiVersion;
    this.#kind = kind;
  }

  /**
   * Tells of what is there as ADDED, and from then on of every change. The
   * first listener begins the watch, the last one to leave ends it.
   *
   * @returns what ends it
   */
  listen(listener: (change: ObjectChange) => void): () => void {
    for (const object of this.#last.values()) {
      listener({ type: 'ADDED', object });
    }
    this.#listeners.add(listener);
    this.#stop ??= this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#stop?.();
        this.#stop = undefined;
        this.#last.clear();
      }
    };
  }

  #watch(): () => void {
    const type = requireType(this.#objects, this.#apiVersion, this.#kind);
    return this.#objects.watch(
      type,
      { resourceVersion: '0' },
      ({ type: change, object }) => {
        if (change === 'BOOKMARK') {
          return;
        }
        const key = queueKeyOf(object);
        const previous = this.#last.get(key);
        if (change === 'DELETED') {
          this.#last.delete(key);
        } else {
          this.#last.set(key, object);
        }
        for (const listener of this.#listeners) {
          listener({
            type: change,
            object,
            ...(previous === undefined ? {} : { previous }),
          });
        }
      },
    );
  }
}

/** The informers of one cluster, one for each kind. */
export class Informers {
  readonly #objects: ClusterObjects;
  readonly #informers = new Map<string, Informer>();

  constructor(objects: ClusterObjects) {
    this.#objects = objects;
  }

  of(apiVersion: string, kind: string): Informer {
    const key = `${apiVersion}/${kind}`;
    let informer = this.#informers.get(key);
    if (informer === undefined) {
      informer = new Informer(this.#objects, apiVersion, kind);
      this.#informers.set(key, informer);
    }
    return informer;
  }
}
