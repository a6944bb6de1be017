import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import type { Admission } from '../ports/Admission';
import type {
  ClusterObjects,
  DeleteRequest,
  ListAnswer,
  ListRequest,
  ObjectKey,
  PatchRequest,
  WatchEvent,
  WatchRequest,
  WriteOptions,
  WriteResult,
} from '../ports/ClusterObjects';
import { DEFINITIONS } from './definitions/definitionNames';
import type { DefinitionServer } from './definitions/DefinitionServer';
import { listObjects } from './reading/listObjects';
import { watchObjects } from './reading/watchObjects';
import { inVersion, resourceOf } from './types/TypeRegistry';
import { apiVersionOf } from '../model/ResourceType';
import { createObject } from './writing/createObject';
import { deleteObject } from './writing/deleteObject';
import { existing, findExisting } from './writing/existing';
import type { Machinery } from './writing/Machinery';
import { patchObject } from './writing/patchObject';
import { patchScale, updateScale } from './writing/scaleObject';
import { updateObject } from './writing/updateObject';

/** The cluster's objects over the store: every method is one verb of the API. */
export class StoredClusterObjects implements ClusterObjects {
  readonly #machinery: Machinery;
  readonly #definitions: DefinitionServer;

  readonly #onClose: () => void;

  constructor(
    machinery: Machinery,
    definitions: DefinitionServer,
    onClose: () => void,
  ) {
    this.#onClose = onClose;
    this.#machinery = machinery;
    this.#definitions = definitions;
  }

  types(): readonly ResourceType[] {
    return this.#machinery.types.all();
  }

  typeOf(apiVersion: string, kind: string): ResourceType | undefined {
    return this.#machinery.types.ofKind(apiVersion, kind);
  }

  typeAt(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    return this.#machinery.types.at(group, version, plural);
  }

  onTypesChanged(listener: () => void): () => void {
    return this.#machinery.types.onChanged(listener);
  }

  resourceVersion(): string {
    return String(this.#machinery.store.version());
  }

  get(type: ResourceType, key: ObjectKey): KubernetesObject {
    return existing(this.#machinery, type, key);
  }

  find(type: ResourceType, key: ObjectKey): KubernetesObject | undefined {
    return findExisting(this.#machinery, type, key);
  }

  list(type: ResourceType, request: ListRequest = {}): ListAnswer {
    return listObjects(this.#machinery.store, type, request);
  }

  watch(
    type: ResourceType,
    request: WatchRequest,
    send: (event: WatchEvent) => void,
  ): () => void {
    return watchObjects(this.#machinery.store, type, request, send);
  }

  create(
    type: ResourceType,
    object: KubernetesObject,
    options: WriteOptions,
  ): WriteResult {
    return this.#written(
      type,
      options,
      createObject(this.#machinery, type, object, options),
    );
  }

  update(
    type: ResourceType,
    key: ObjectKey,
    object: KubernetesObject,
    options: WriteOptions,
  ): WriteResult {
    return this.#written(
      type,
      options,
      options.subresource === 'scale'
        ? updateScale(this.#machinery, type, key, object, options)
        : updateObject(this.#machinery, type, key, object, options),
    );
  }

  patch(
    type: ResourceType,
    key: ObjectKey,
    patch: PatchRequest,
    options: WriteOptions,
  ): WriteResult {
    return this.#written(
      type,
      options,
      options.subresource === 'scale'
        ? patchScale(this.#machinery, type, key, patch, options)
        : patchObject(this.#machinery, type, key, patch, options),
    );
  }

  delete(
    type: ResourceType,
    key: ObjectKey,
    request: DeleteRequest,
  ): { object: KubernetesObject; gone: boolean } {
    const { object, gone } = deleteObject(this.#machinery, type, key, request);
    if (resourceOf(type) === DEFINITIONS && !request.dryRun) {
      this.#definitions.changed(key.name);
    }
    return { object: inVersion(object, apiVersionOf(type)), gone };
  }

  /** Adds what may refuse writes from now on. */
  addAdmission(admission: Admission): void {
    this.#machinery.admissions.push(admission);
  }

  close(): void {
    this.#onClose();
    this.#definitions.stop();
    this.#machinery.store.close();
  }

  #written(
    type: ResourceType,
    options: WriteOptions,
    result: WriteResult,
  ): WriteResult {
    if (resourceOf(type) === DEFINITIONS && !options.dryRun) {
      this.#definitions.changed(result.object.metadata.name);
    }
    return options.subresource === 'scale'
      ? result
      : { ...result, object: inVersion(result.object, apiVersionOf(type)) };
  }
}
