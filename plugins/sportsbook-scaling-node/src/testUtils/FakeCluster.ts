import {
  FIELD_MANAGER,
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { resourcesOfDefinition } from '../apply/resolveObjects';
import { ClusterForbiddenError, KubernetesApiError } from '../errors';
import {
  AccessQuestion,
  ApiCatalog,
  ApplyOptions,
  ApplyResult,
  CallOptions,
  DeleteOptions,
  JsonPatchOperation,
  KubernetesClient,
  ListOptions,
  ObjectList,
  RawAnswer,
  WatchEvent,
  WatchOptions,
} from '../ports/KubernetesClient';
import { cloneJson } from './cloneJson';
import { controllerUpdate } from './controllerUpdate';
import { ESTABLISHED, FakeApis } from './FakeApis';
import { FakeStore } from './FakeStore';
import { withManagedFields } from './FieldOwners';
import { fieldSetOf } from './fieldSets';
import { isSelected } from './isSelected';
import { jsonPatch } from './jsonPatch';
import { serverSideApply } from './serverSideApply';

/** A call that changed, or would have changed, something. */
export interface RecordedWrite {
  verb: 'apply' | 'patch' | 'delete';
  name: string;
  dryRun: boolean;
}

/**
 * A cluster in memory: discovery, server-side apply with owners and conflicts,
 * dry run, watches, definitions that are served a moment after they were
 * stored, finalizers, and rights. No controller runs; tests set statuses.
 */
export class FakeCluster implements KubernetesClient {
  readonly cluster = 'fake';
  readonly writes: RecordedWrite[] = [];
  /** `verb plural`, such as `patch deployments`. */
  readonly denied = new Set<string>();
  /** Throws what the server would answer to an apply; undefined lets it pass. */
  admit: (
    object: KubernetesObject,
    options: { dryRun: boolean },
  ) => { error?: Error; warnings?: string[] } = () => ({});
  /** Answers of raw GETs, by path without query; any other is a 404. */
  readonly rawAnswers = new Map<string, RawAnswer>();
  /** Milliseconds from storing a definition until its kind is served. */
  definitionDelayMs = 20;

  readonly #apis = new FakeApis();
  readonly #store = new FakeStore({
    onCreated: object => this.#serveDefinition(object),
  });

  /** Namespaces that exist from the start. */
  constructor(namespaces: string[] = ['betting']) {
    namespaces.forEach(name =>
      this.seed({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      }),
    );
  }

  /** Stores an object as another manager would have. */
  seed(object: KubernetesObject, manager = 'somebody'): void {
    this.#store.write({
      object: cloneJson(object),
      owners: new Map([
        [manager, { operation: 'Update', fields: fieldSetOf(object) }],
      ]),
    });
  }

  /** What a controller would do to an object; the manager owns what it sets. */
  update(
    ref: ObjectRef,
    change: (object: KubernetesObject) => void,
    manager = 'controller',
  ): void {
    const stored = this.#store.mustFind(ref);
    this.#store.write(controllerUpdate(stored, change, manager));
  }

  /** Removes an object at once, whatever its finalizers. */
  remove(ref: ObjectRef): void {
    this.#store.remove(ref);
  }

  /** Takes kinds of a group away, as if their operator were not installed. */
  uninstall(group: string): void {
    this.#apis.removeGroup(group);
  }

  /** What a server does that restarts. */
  endWatches(): void {
    this.#store.watches.end();
  }

  /** Names of the objects that were really written, in order. */
  written(): string[] {
    return this.writes.filter(({ dryRun }) => !dryRun).map(({ name }) => name);
  }

  async version() {
    return { gitVersion: 'v1.36.3' };
  }

  async discover(options: CallOptions = {}): Promise<ApiCatalog> {
    options.signal?.throwIfAborted();
    return this.#apis.catalog();
  }

  async get(
    ref: ObjectRef,
    options: CallOptions = {},
  ): Promise<KubernetesObject | undefined> {
    options.signal?.throwIfAborted();
    this.#authorize('get', ref);
    return cloneJson(this.#store.find(ref)?.object);
  }

  async list(
    kind: { apiVersion: string; kind: string },
    options: ListOptions = {},
  ): Promise<ObjectList> {
    options.signal?.throwIfAborted();
    this.#authorize('list', kind);
    return {
      items: this.#store
        .objects()
        .filter(object => isSelected(object, kind, options))
        .map(object => cloneJson(object)),
      resourceVersion: String(this.#store.version),
    };
  }

  watch(
    kind: { apiVersion: string; kind: string },
    options: WatchOptions = {},
  ): AsyncIterable<WatchEvent> {
    this.#authorize('watch', kind);
    return this.#store.watches.follow(
      object => isSelected(object, kind, options),
      {
        after: Number(options.resourceVersion ?? this.#store.version),
        signal: options.signal,
      },
    );
  }

  async apply(
    object: KubernetesObject,
    options: ApplyOptions = {},
  ): Promise<ApplyResult> {
    const { dryRun = false, force = false, signal } = options;
    const manager = options.fieldManager ?? FIELD_MANAGER;
    signal?.throwIfAborted();
    const ref = objectRefOf(object);
    this.#authorize('patch', ref);
    this.#store.assertNamespaceOf(ref);
    const { error, warnings = [] } = this.admit(object, { dryRun });
    if (error !== undefined) {
      throw error;
    }
    const before = this.#store.find(ref);
    const after = serverSideApply(object, before, { manager, force });
    this.writes.push({ verb: 'apply', name: formatObjectRef(ref), dryRun });
    return {
      object: dryRun
        ? withManagedFields(after.object, after.owners)
        : this.#store.write(after),
      created: before === undefined,
      warnings,
    };
  }

  /** Knows the paths that hand fields over to another manager, and `remove`. */
  async patchJson(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    options: CallOptions & { dryRun?: boolean } = {},
  ): Promise<KubernetesObject> {
    options.signal?.throwIfAborted();
    this.#authorize('patch', ref);
    const stored = this.#store.mustFind(ref);
    const after = jsonPatch(stored, patch);
    this.writes.push({
      verb: 'patch',
      name: formatObjectRef(ref),
      dryRun: options.dryRun ?? false,
    });
    return options.dryRun
      ? withManagedFields(after.object, after.owners)
      : this.#store.write(after);
  }

  async delete(
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<'deleted' | 'absent'> {
    options.signal?.throwIfAborted();
    this.#authorize('delete', ref);
    const stored = this.#store.find(ref);
    if (stored === undefined) {
      return 'absent';
    }
    const { uid, finalizers = [] } = stored.object.metadata;
    if (options.uid !== undefined && options.uid !== uid) {
      throw new KubernetesApiError('the UID in the precondition differs', {
        status: 409,
        reason: 'Conflict',
      });
    }
    this.writes.push({
      verb: 'delete',
      name: formatObjectRef(ref),
      dryRun: options.dryRun ?? false,
    });
    if (finalizers.length > 0) {
      this.update(ref, object => {
        object.metadata.deletionTimestamp = '2026-11-24T00:00:00Z';
      });
    } else {
      this.remove(ref);
    }
    return 'deleted';
  }

  async can(question: AccessQuestion): Promise<{ allowed: boolean }> {
    const { verb, resource, subresource } = question;
    const asked =
      subresource === undefined ? resource : `${resource}/${subresource}`;
    return { allowed: !this.denied.has(`${verb} ${asked}`) };
  }

  async getRaw(path: string): Promise<RawAnswer> {
    return (
      this.rawAnswers.get(path.split('?')[0]) ?? {
        status: 404,
        contentType: 'text/plain',
        text: `no ${path}`,
      }
    );
  }

  #authorize(verb: string, kind: { apiVersion: string; kind: string }): void {
    const { plural } = this.#apis.resourceOf(kind);
    if (this.denied.has(`${verb} ${plural}`)) {
      throw new ClusterForbiddenError(`cannot ${verb} ${plural}`);
    }
  }

  #serveDefinition(object: KubernetesObject): void {
    const resources = resourcesOfDefinition(object);
    if (resources.length > 0) {
      setTimeout(() => {
        this.#apis.add(resources);
        this.update(objectRefOf(object), definition => {
          definition.status = ESTABLISHED;
        });
      }, this.definitionDelayMs);
    }
  }
}
