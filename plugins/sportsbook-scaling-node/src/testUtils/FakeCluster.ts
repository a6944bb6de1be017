import {
  FIELD_MANAGER,
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { resourcesOfDefinition } from '../apply/resolveObjects';
import {
  ApiNotInstalledError,
  ClusterForbiddenError,
  FieldConflict,
  FieldConflictError,
  KubernetesApiError,
} from '../errors';
import {
  AccessQuestion,
  ApiCatalog,
  ApiResource,
  ApplyOptions,
  ApplyResult,
  CallOptions,
  DeleteOptions,
  KubernetesClient,
  ListOptions,
  ObjectList,
  RawAnswer,
  WatchEvent,
  WatchOptions,
} from '../kubernetes/KubernetesClient';
import { objectKey } from '../manifests/objectKey';
import { FakeWatches } from './FakeWatches';
import { fieldSetOf, FieldSet, fieldsV1Of, setAt, valueAt } from './fieldSets';
import { KNOWN_RESOURCES } from './knownResources';
import { cloneJson } from './cloneJson';

interface Stored {
  object: KubernetesObject;
  owners: Map<string, { operation: 'Apply' | 'Update'; fields: FieldSet }>;
}

/** A call that changed, or would have changed, something. */
export interface RecordedWrite {
  verb: 'apply' | 'delete';
  name: string;
  dryRun: boolean;
}

const IMMUTABLE: Record<string, string[]> = {
  'apps/Deployment': ['spec', 'selector'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
};

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
  /** Milliseconds from storing a definition until its kind is served. */
  definitionDelayMs = 20;

  readonly #resources: ApiResource[] = [...KNOWN_RESOURCES];
  readonly #stored = new Map<string, Stored>();
  readonly #watches = new FakeWatches();
  #version = 100;

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
    this.#write(
      cloneJson(object),
      new Map([
        [manager, { operation: 'Update' as const, fields: fieldSetOf(object) }],
      ]),
    );
  }

  /** What a controller would do to an object; the manager owns what it sets. */
  update(
    ref: ObjectRef,
    change: (object: KubernetesObject) => void,
    manager = 'controller',
  ): void {
    const { object, owners } = this.#mustFind(ref);
    const changed = cloneJson(object);
    change(changed);
    const set = [...fieldSetOf(changed)].filter(
      field =>
        !isDeepStrictEqual(
          valueAt(object, JSON.parse(field)),
          valueAt(changed, JSON.parse(field)),
        ),
    );
    if (set.length > 0) {
      owners.forEach(({ fields }) =>
        set.forEach(field => fields.delete(field)),
      );
      owners.set(manager, { operation: 'Update', fields: new Set(set) });
    }
    this.#write(changed, owners);
  }

  /** Removes an object at once, whatever its finalizers. */
  remove(ref: ObjectRef): void {
    const { object } = this.#mustFind(ref);
    this.#stored.delete(objectKey(ref));
    this.#watches.publish('DELETED', object, String(++this.#version));
  }

  /** Takes kinds of a group away, as if their operator were not installed. */
  uninstall(group: string): void {
    for (let index = this.#resources.length - 1; index >= 0; index--) {
      if (this.#resources[index].apiVersion.startsWith(`${group}/`)) {
        this.#resources.splice(index, 1);
      }
    }
  }

  /** What a server does that restarts. */
  endWatches(): void {
    this.#watches.end();
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
    const resources = [...this.#resources];
    return {
      resources: () => resources,
      find: (apiVersion, kind) =>
        resources.find(
          resource =>
            resource.apiVersion === apiVersion && resource.kind === kind,
        ),
    };
  }

  async get(
    ref: ObjectRef,
    options: CallOptions = {},
  ): Promise<KubernetesObject | undefined> {
    options.signal?.throwIfAborted();
    this.#authorize('get', this.#resourceOf(ref));
    return cloneJson(this.#stored.get(objectKey(ref))?.object);
  }

  async list(
    kind: { apiVersion: string; kind: string },
    options: ListOptions = {},
  ): Promise<ObjectList> {
    options.signal?.throwIfAborted();
    this.#authorize('list', this.#resourceOf(kind));
    return {
      items: [...this.#stored.values()]
        .map(({ object }) => object)
        .filter(object => isSelected(object, kind, options))
        .map(object => cloneJson(object)),
      resourceVersion: String(this.#version),
    };
  }

  watch(
    kind: { apiVersion: string; kind: string },
    options: WatchOptions = {},
  ): AsyncIterable<WatchEvent> {
    this.#authorize('watch', this.#resourceOf(kind));
    return this.#watches.follow(object => isSelected(object, kind, options), {
      after: Number(options.resourceVersion ?? this.#version),
      signal: options.signal,
    });
  }

  async apply(
    object: KubernetesObject,
    options: ApplyOptions = {},
  ): Promise<ApplyResult> {
    const { dryRun = false, force = false, signal } = options;
    const manager = options.fieldManager ?? FIELD_MANAGER;
    signal?.throwIfAborted();
    const ref = objectRefOf(object);
    this.#authorize('patch', this.#resourceOf(ref));
    this.#assertNamespace(ref);
    const { error, warnings = [] } = this.admit(object, { dryRun });
    if (error !== undefined) {
      throw error;
    }
    const before = this.#stored.get(objectKey(ref));
    const owners = copyOwners(before?.owners);
    const claimed = fieldSetOf(object);
    this.#assertNoConflict(object, { before, owners, claimed, manager, force });
    const after = cloneJson(
      before?.object ?? {
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: {
          name: object.metadata.name,
          namespace: object.metadata.namespace,
        },
      },
    );
    const owned = owners.get(manager)?.fields ?? new Set();
    owners.set(manager, { operation: 'Apply', fields: claimed });
    for (const field of owned) {
      const isKept = [...owners.values()].some(({ fields }) =>
        fields.has(field),
      );
      if (!isKept) {
        setAt(after, JSON.parse(field), undefined);
      }
    }
    for (const field of claimed) {
      setAt(after, JSON.parse(field), valueAt(object, JSON.parse(field)));
    }
    assertImmutable(before?.object, after);
    this.writes.push({ verb: 'apply', name: formatObjectRef(ref), dryRun });
    return {
      object: dryRun
        ? withManagedFields(after, owners)
        : this.#write(after, owners),
      created: before === undefined,
      warnings,
    };
  }

  async delete(
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<'deleted' | 'absent'> {
    options.signal?.throwIfAborted();
    this.#authorize('delete', this.#resourceOf(ref));
    const stored = this.#stored.get(objectKey(ref));
    if (stored === undefined) {
      return 'absent';
    }
    if (
      options.uid !== undefined &&
      options.uid !== stored.object.metadata.uid
    ) {
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
    if ((stored.object.metadata.finalizers ?? []).length > 0) {
      this.update(ref, object => {
        object.metadata.deletionTimestamp = '2026-11-24T00:00:00Z';
      });
    } else {
      this.remove(ref);
    }
    return 'deleted';
  }

  async can(question: AccessQuestion): Promise<{ allowed: boolean }> {
    return {
      allowed: !this.denied.has(`${question.verb} ${question.resource}`),
    };
  }

  async getRaw(path: string): Promise<RawAnswer> {
    return { status: 404, contentType: 'text/plain', text: `no ${path}` };
  }

  #mustFind(ref: ObjectRef): Stored {
    const stored = this.#stored.get(objectKey(ref));
    if (stored === undefined) {
      throw new Error(`the fake cluster has no ${formatObjectRef(ref)}`);
    }
    return stored;
  }

  #resourceOf(kind: { apiVersion: string; kind: string }): ApiResource {
    const found = this.#resources.find(
      resource =>
        resource.apiVersion === kind.apiVersion && resource.kind === kind.kind,
    );
    if (found === undefined) {
      throw new ApiNotInstalledError(`no ${kind.kind} is served`, kind);
    }
    return found;
  }

  #authorize(verb: string, { plural }: ApiResource): void {
    if (this.denied.has(`${verb} ${plural}`)) {
      throw new ClusterForbiddenError(`cannot ${verb} ${plural}`);
    }
  }

  #assertNamespace({ namespace }: ObjectRef): void {
    if (
      namespace !== undefined &&
      !this.#stored.has(
        objectKey({ apiVersion: 'v1', kind: 'Namespace', name: namespace }),
      )
    ) {
      throw new KubernetesApiError(`namespaces "${namespace}" not found`, {
        status: 404,
        reason: 'NotFound',
      });
    }
  }

  #assertNoConflict(
    object: KubernetesObject,
    state: {
      before?: Stored;
      owners: Stored['owners'];
      claimed: FieldSet;
      manager: string;
      force: boolean;
    },
  ): void {
    const { before, owners, claimed, manager, force } = state;
    const conflicts: FieldConflict[] = [];
    for (const [other, { fields }] of owners) {
      for (const field of other === manager ? [] : fields) {
        const path = JSON.parse(field);
        if (
          claimed.has(field) &&
          !isDeepStrictEqual(
            valueAt(object, path),
            valueAt(before?.object, path),
          )
        ) {
          conflicts.push({ manager: other, field: `.${path.join('.')}` });
          fields.delete(field);
        }
      }
    }
    if (conflicts.length > 0 && !force) {
      throw new FieldConflictError(
        conflicts
          .map(conflict => `${conflict.field} belongs to ${conflict.manager}`)
          .join(', '),
        conflicts,
      );
    }
  }

  #write(object: KubernetesObject, owners: Stored['owners']): KubernetesObject {
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
    this.#watches.publish(
      before === undefined ? 'ADDED' : 'MODIFIED',
      stored,
      resourceVersion,
    );
    if (before === undefined) {
      this.#serveDefinition(stored);
    }
    return cloneJson(stored);
  }

  #serveDefinition(object: KubernetesObject): void {
    const resources = resourcesOfDefinition(object);
    if (resources.length > 0) {
      setTimeout(() => {
        this.#resources.push(...resources);
        this.update(objectRefOf(object), definition => {
          definition.status = {
            conditions: [
              { type: 'NamesAccepted', status: 'True' },
              { type: 'Established', status: 'True' },
            ],
          };
        });
      }, this.definitionDelayMs);
    }
  }
}

function copyOwners(owners: Stored['owners'] = new Map()): Stored['owners'] {
  return new Map(
    [...owners].map(([manager, { operation, fields }]) => [
      manager,
      { operation, fields: new Set(fields) },
    ]),
  );
}

function withManagedFields(
  object: KubernetesObject,
  owners: Stored['owners'],
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: [...owners]
        .filter(([, { fields }]) => fields.size > 0)
        .map(([manager, { operation, fields }]) => ({
          manager,
          operation,
          fieldsType: 'FieldsV1',
          fieldsV1: fieldsV1Of(fields),
        })),
    },
  };
}

function isSelected(
  object: KubernetesObject,
  kind: { apiVersion: string; kind: string },
  { namespace, labelSelector, fieldSelector }: ListOptions,
): boolean {
  const pairs = (selector: string | undefined) =>
    selector === undefined || selector === ''
      ? []
      : selector.split(',').map(pair => pair.split('=') as [string, string]);
  return (
    groupKindOf(object) === groupKindOf(kind) &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    pairs(labelSelector).every(
      ([key, value]) => object.metadata.labels?.[key] === value,
    ) &&
    pairs(fieldSelector).every(
      ([path, value]) => valueAt(object, path.split('.')) === value,
    )
  );
}

function assertImmutable(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
): void {
  const path = IMMUTABLE[groupKindOf(after)];
  if (
    before !== undefined &&
    path !== undefined &&
    !isDeepStrictEqual(valueAt(before, path), valueAt(after, path))
  ) {
    throw new KubernetesApiError(`${path.join('.')}: field is immutable`, {
      status: 422,
      reason: 'Invalid',
    });
  }
}
