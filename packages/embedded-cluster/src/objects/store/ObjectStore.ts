import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { EventLog, type EventLogLimits, type StoreEvent } from './EventLog';
import { freezeJson } from './freezeJson';
import type { ObjectDatabase } from './ObjectDatabase';

type Listener = (event: StoreEvent) => void;

/**
 * Every object of the cluster, in memory and in the database, under one
 * increasing version. Knows nothing of kinds: what is put is stored.
 */
export class ObjectStore {
  readonly #database: ObjectDatabase;
  readonly #resources = new Map<string, Map<string, KubernetesObject>>();
  /** Sorted keys of a resource, until one comes or goes. */
  readonly #sorted = new Map<string, string[]>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #log: EventLog;
  readonly #undelivered: StoreEvent[] = [];
  readonly #onListenerError: (error: unknown) => void;
  #version: number;
  #delivering = false;

  constructor(options: {
    database: ObjectDatabase;
    onListenerError(error: unknown): void;
    limits?: EventLogLimits;
  }) {
    this.#database = options.database;
    this.#onListenerError = options.onListenerError;
    for (const row of options.database.rows()) {
      const object = JSON.parse(row.body) as KubernetesObject;
      object.metadata.resourceVersion = String(row.version);
      this.#of(row.resource).set(
        storeKey(row.namespace, row.name),
        freezeJson(object),
      );
    }
    this.#version = options.database.latestVersion();
    this.#log = new EventLog(this.#version, options.limits);
  }

  version(): number {
    return this.#version;
  }

  get(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.#resources.get(resource)?.get(storeKey(namespace, name));
  }

  /** In the order of their keys, as etcd has them. */
  list(resource: string, namespace?: string): KubernetesObject[] {
    const objects = this.#of(resource);
    let keys = this.#sorted.get(resource);
    if (!keys) {
      keys = [...objects.keys()].sort(compareKeys);
      this.#sorted.set(resource, keys);
    }
    const prefix = namespace === undefined ? '' : `${namespace}/`;
    const found: KubernetesObject[] = [];
    for (const key of keys) {
      if (key.startsWith(prefix)) {
        const object = objects.get(key);
        if (object) {
          found.push(object);
        }
      }
    }
    return found;
  }

  /**
   * What `list` would have answered at a former version.
   * @returns undefined where that is too long ago
   */
  listAt(
    resource: string,
    namespace: string | undefined,
    version: number,
  ): KubernetesObject[] | undefined {
    const since = this.#log
      .after(version)
      ?.filter(
        event =>
          event.resource === resource &&
          (namespace === undefined ||
            event.object.metadata.namespace === namespace),
      );
    if (!since) {
      return undefined;
    }
    if (since.length === 0) {
      return this.list(resource, namespace);
    }
    const then = new Map(
      this.list(resource, namespace).map(object => [keyOf(object), object]),
    );
    for (const { object, previous } of since.reverse()) {
      if (previous) {
        then.set(keyOf(object), previous);
      } else {
        then.delete(keyOf(object));
      }
    }
    return [...then.keys()]
      .sort(compareKeys)
      .flatMap(key => then.get(key) ?? []);
  }

  /** Number of the resource's objects. */
  count(resource: string): number {
    return this.#resources.get(resource)?.size ?? 0;
  }

  /**
   * Stores an object under the next version, and freezes it.
   * @param object - becomes the store's own; its resourceVersion is set here
   */
  put(resource: string, object: KubernetesObject): KubernetesObject {
    const { namespace, name } = object.metadata;
    const version = this.#version + 1;
    delete object.metadata.resourceVersion;
    const body = JSON.stringify(object);
    this.#database.put({
      resource,
      namespace: namespace ?? '',
      name,
      version,
      body,
    });
    this.#version = version;
    object.metadata.resourceVersion = String(version);
    freezeJson(object);
    const objects = this.#of(resource);
    const key = storeKey(namespace, name);
    const previous = objects.get(key);
    objects.set(key, object);
    if (!previous) {
      this.#sorted.delete(resource);
    }
    this.#announce(
      { version, resource, object, previous, removed: false },
      body.length,
    );
    return object;
  }

  /** @returns the object's last state, with the version of the deletion */
  remove(resource: string, object: KubernetesObject): KubernetesObject {
    const { namespace, name } = object.metadata;
    const version = this.#version + 1;
    this.#database.remove(resource, namespace ?? '', name, version);
    this.#version = version;
    const objects = this.#of(resource);
    const key = storeKey(namespace, name);
    const previous = objects.get(key);
    objects.delete(key);
    this.#sorted.delete(resource);
    const last = freezeJson({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(version) },
    });
    this.#announce(
      { version, resource, object: last, previous, removed: true },
      0,
    );
    return last;
  }

  /** @returns undefined where some of them are not kept any more */
  eventsAfter(version: number): StoreEvent[] | undefined {
    return this.#log.after(version);
  }

  oldestVersion(): number {
    return this.#log.completeAfter();
  }

  /** Calls for each write from now on, in order. @returns what ends it */
  subscribe(resource: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(resource) ?? new Set();
    this.#listeners.set(resource, listeners);
    // A write whose events still wait is past for whoever subscribes now: its
    // effect is in what can be read.
    const from = this.#version;
    const fresh: Listener = event => {
      if (event.version > from) {
        listener(event);
      }
    };
    listeners.add(fresh);
    return () => listeners.delete(fresh);
  }

  close(): void {
    this.#listeners.clear();
    this.#database.close();
  }

  #of(resource: string): Map<string, KubernetesObject> {
    let objects = this.#resources.get(resource);
    if (!objects) {
      objects = new Map();
      this.#resources.set(resource, objects);
    }
    return objects;
  }

  #announce(event: StoreEvent, characters: number): void {
    this.#log.add(event, characters);
    this.#undelivered.push(event);
    this.#deliver();
  }

  /** A listener that writes must not overtake the event that others still wait for. */
  #deliver(): void {
    if (this.#delivering) {
      return;
    }
    this.#delivering = true;
    try {
      for (
        let event = this.#undelivered.shift();
        event;
        event = this.#undelivered.shift()
      ) {
        for (const listener of [
          ...(this.#listeners.get(event.resource) ?? []),
        ]) {
          try {
            listener(event);
          } catch (error) {
            this.#onListenerError(error);
          }
        }
      }
    } finally {
      this.#delivering = false;
    }
  }
}

export function storeKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === ''
    ? name
    : `${namespace}/${name}`;
}

export function keyOf({ metadata }: KubernetesObject): string {
  return storeKey(metadata.namespace, metadata.name);
}

export function compareKeys(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
