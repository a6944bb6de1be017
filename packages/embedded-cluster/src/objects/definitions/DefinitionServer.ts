import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ResourceType } from '../../model/ResourceType';
import { typesOfDefinition } from '../../schema';
import type {
  DefinitionCondition,
  DefinitionFields,
} from '../kinds/definitionRules';
import { shaped } from '../kinds/shaped';
import { CLEANUP, DEFINITIONS } from './definitionNames';
import { trackManagers } from '../writing/trackManagers';
import { deleteObject } from '../writing/deleteObject';
import type { Machinery } from '../writing/Machinery';

/**
 * Serves the kinds of CustomResourceDefinitions, and takes their objects away
 * with them. Works within the write that changes a definition, so that the
 * kind is there when the call returns.
 */
export class DefinitionServer {
  readonly #machinery: Machinery;
  /** By definition: what ends waiting for the last object to go. */
  readonly #leaving = new Map<string, () => void>();

  constructor(machinery: Machinery) {
    this.#machinery = machinery;
  }

  /** Serves what the database has. */
  start(): void {
    for (const definition of this.#machinery.store.list(DEFINITIONS)) {
      this.changed(definition.metadata.name);
    }
  }

  /** A definition was written, or is gone. */
  changed(name: string): void {
    const { store, types } = this.#machinery;
    const definition = store.get(DEFINITIONS, undefined, name);
    if (!definition) {
      types.unserve(name);
      return;
    }
    const accepted = this.#accept(definition);
    const { spec = {} } = shaped<DefinitionFields>(accepted);
    if (isTrue(accepted, 'Established')) {
      types.serve(name, {
        types: typesOfDefinition(accepted),
        storageVersion:
          spec.versions?.find(version => version.storage)?.name ?? '',
      });
    }
    if (accepted.metadata.deletionTimestamp !== undefined) {
      this.#leave(accepted);
    }
  }

  stop(): void {
    for (const end of this.#leaving.values()) {
      end();
    }
    this.#leaving.clear();
  }

  /** Sets the conditions that say whether the kind is served. */
  #accept(definition: KubernetesObject): KubernetesObject {
    const { spec = {}, status = {} } = shaped<DefinitionFields>(definition);
    const conflict = this.#conflict(definition);
    const storage = spec.versions?.find(version => version.storage)?.name ?? '';
    const storedVersions = [
      ...new Set([...(status.storedVersions ?? []), storage]),
    ];
    const conditions = conditionsOf(
      status.conditions ?? [],
      conflict,
      timestamp(this.#machinery.clock.now()),
    );
    const next = {
      ...status,
      conditions,
      acceptedNames: conflict
        ? status.acceptedNames ?? { plural: '', kind: '' }
        : spec.names,
      storedVersions,
    };
    if (isDeepStrictEqual(next, status)) {
      return definition;
    }
    return this.#writeStatus(definition, next);
  }

  #writeStatus(
    definition: KubernetesObject,
    status: DefinitionFields['status'],
  ): KubernetesObject {
    const { store, types } = this.#machinery;
    const next = {
      ...definition,
      metadata: { ...definition.metadata },
      status,
    };
    const type = types.ofKind(definition.apiVersion, definition.kind);
    if (type) {
      trackManagers(this.#machinery, type, definition, next, {
        manager: 'kube-apiserver',
        subresource: 'status',
      });
    }
    return store.put(DEFINITIONS, next);
  }

  /** @returns which name another kind of the group has */
  #conflict(definition: KubernetesObject): Conflict | undefined {
    const { spec = {} } = shaped<DefinitionFields>(definition);
    const { store } = this.#machinery;
    const others = store
      .list(DEFINITIONS)
      .filter(other => other.metadata.name !== definition.metadata.name)
      .map(other => shaped<DefinitionFields>(other))
      .filter(other => other.spec?.group === spec.group)
      .map(
        other =>
          shaped<DefinitionFields['spec'] & object>(other.spec).names ?? {},
      );
    const { names = {} } = spec;
    for (const other of others) {
      if (names.kind === other.kind) {
        return {
          reason: 'KindConflict',
          message: `${JSON.stringify(names.kind)} is already in use`,
        };
      }
      const taken = [other.plural, other.singular, ...(other.shortNames ?? [])];
      const clash = (names.shortNames ?? []).find(one => taken.includes(one));
      if (clash !== undefined) {
        return {
          reason: 'ShortNamesConflict',
          message: `${JSON.stringify(clash)} is already in use`,
        };
      }
    }
    return undefined;
  }

  /** Deletes the definition's objects; when the last has gone, so does it. */
  #leave(definition: KubernetesObject): void {
    const { store } = this.#machinery;
    const { name } = definition.metadata;
    const type = this.#typeOf(definition);
    const resource = resourceOfDefinition(definition);
    const finish = (): void => {
      if (store.count(resource) > 0) {
        return;
      }
      this.#leaving.get(name)?.();
      this.#leaving.delete(name);
      const present = store.get(DEFINITIONS, undefined, name);
      if (present) {
        this.#release(present);
      }
    };
    if (!this.#leaving.has(name)) {
      this.#leaving.set(
        name,
        store.subscribe(resource, ({ removed }) => {
          if (removed) {
            finish();
          }
        }),
      );
    }
    if (type) {
      for (const { metadata } of store.list(resource)) {
        if (store.get(resource, metadata.namespace, metadata.name)) {
          deleteObject(this.#machinery, type, metadata, {});
        }
      }
    }
    finish();
  }

  #release(definition: KubernetesObject): void {
    const { store, types } = this.#machinery;
    const finalizers = (definition.metadata.finalizers ?? []).filter(
      one => one !== CLEANUP,
    );
    const { finalizers: _held, ...metadata } = definition.metadata;
    if (finalizers.length === 0) {
      store.remove(DEFINITIONS, { ...definition, metadata });
      types.unserve(definition.metadata.name);
    } else if (finalizers.length !== _held?.length) {
      store.put(DEFINITIONS, {
        ...definition,
        metadata: { ...metadata, finalizers },
      });
    }
  }

  #typeOf(definition: KubernetesObject): ResourceType | undefined {
    const { spec = {} } = shaped<DefinitionFields>(definition);
    return this.#machinery.types
      .all()
      .find(
        type =>
          type.custom &&
          type.group === spec.group &&
          type.plural === spec.names?.plural,
      );
  }
}

interface Conflict {
  reason: string;
  message: string;
}

function resourceOfDefinition(definition: KubernetesObject): string {
  const { spec = {} } = shaped<DefinitionFields>(definition);
  return `${spec.group ?? ''}/${spec.names?.plural ?? ''}`;
}

function isTrue(definition: KubernetesObject, type: string): boolean {
  const { status = {} } = shaped<DefinitionFields>(definition);
  return (status.conditions ?? []).some(
    condition => condition.type === type && condition.status === 'True',
  );
}

function conditionsOf(
  present: readonly DefinitionCondition[],
  conflict: Conflict | undefined,
  now: string,
): DefinitionCondition[] {
  const established = present.some(
    ({ type, status }) => type === 'Established' && status === 'True',
  );
  const wanted: Omit<DefinitionCondition, 'lastTransitionTime'>[] = [
    conflict
      ? { type: 'NamesAccepted', status: 'False', ...conflict }
      : {
          type: 'NamesAccepted',
          status: 'True',
          reason: 'NoConflicts',
          message: 'no conflicts found',
        },
    conflict && !established
      ? {
          type: 'Established',
          status: 'False',
          reason: 'NotAccepted',
          message: 'not all names are accepted',
        }
      : {
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
  ];
  const accepted = wanted.map(({ type, status, reason, message }) => {
    const before = present.find(one => one.type === type);
    return {
      lastTransitionTime:
        before?.status === status ? before.lastTransitionTime : now,
      message,
      reason,
      status,
      type,
    };
  });
  return [...accepted, ...present.filter(({ type }) => type === 'Terminating')];
}
