import {
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { KubernetesApiError } from '../errors';
import { objectKey } from '../model/objectKey';
import { cloneJson } from './cloneJson';
import { FakeWatches } from './FakeWatches';
import { withManagedFields } from './FieldOwners';
import { OwnedObject } from './serverSideApply';

/** What a {@link FakeCluster} has stored; every change of it is told to the watches. */
export class FakeStore {
  readonly watches = new FakeWatches();
  readonly #stored = new Map<string, OwnedObject>();
  readonly #onCreated: (object: KubernetesObject) => void;
  #version = 100;

  constructor(options: { onCreated: (object: KubernetesObject) => void }) {
    this.#onCreated = options.onCreated;
  }

  get version(): number {
    return this.#version;
  }

  objects(): KubernetesObject[] {
    return [...this.#stored.values()].map(({ object }) => object);
  }

  find(ref: ObjectRef): OwnedObject | undefined {
    return this.#stored.get(objectKey(ref));
  }

  mustFind(ref: ObjectRef): OwnedObject {
    const stored = this.find(ref);
    if (stored === undefined) {
      throw new Error(`the fake cluster has no ${formatObjectRef(ref)}`);
    }
    return stored;
  }

  assertNamespaceOf({ namespace }: ObjectRef): void {
    if (
      namespace !== undefined &&
      this.find({ apiVersion: 'v1', kind: 'Namespace', name: namespace }) ===
        undefined
    ) {
      throw new KubernetesApiError(`namespaces "${namespace}" not found`, {
        status: 404,
        reason: 'NotFound',
      });
    }
  }

  /** Stores an object as it is shown then; one that is the same stays as it was. */
  write({ object, owners }: OwnedObject): KubernetesObject {
    const key = objectKey(objectRefOf(object));
    const before = this.#stored.get(key)?.object;
    const shown = withManagedFields(object, owners);
    if (before !== undefined && isDeepStrictEqual(before, shown)) {
      return cloneJson(before);
    }
    const resourceVersion = String(++this.#version);
    const generation =
      before === undefined || !isDeepStrictEqual(before.spec, object.spec)
        ? (before?.metadata.generation ?? 0) + 1
        : before.metadata.generation;
    const stored: KubernetesObject = {
      ...shown,
      metadata: {
        ...shown.metadata,
        uid: before?.metadata.uid ?? `uid-${resourceVersion}`,
        creationTimestamp: '2026-11-24T00:00:00Z',
        resourceVersion,
        generation,
      },
    };
    this.#stored.set(key, { object: stored, owners });
    this.watches.publish(
      before === undefined ? 'ADDED' : 'MODIFIED',
      stored,
      resourceVersion,
    );
    if (before === undefined) {
      this.#onCreated(stored);
    }
    return cloneJson(stored);
  }

  remove(ref: ObjectRef): void {
    const { object } = this.mustFind(ref);
    this.#stored.delete(objectKey(ref));
    this.watches.publish('DELETED', object, String(++this.#version));
  }
}
