import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import type { UserInfo } from '../model/UserInfo';

/** Names one object of a type; `namespace` is absent for cluster-scoped ones. */
export interface ObjectKey {
  namespace?: string;
  name: string;
}

/** `metav1.ListOptions` that select. Selectors are the API's strings, such as `app=a,!b`. */
export interface Selection {
  /** Absent: all namespaces. */
  namespace?: string;
  labelSelector?: string;
  /** `metadata.name`, `metadata.namespace`, and those that the kind's index has. */
  fieldSelector?: string;
}

export interface ListRequest extends Selection {
  limit?: number;
  continueToken?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

export interface ListAnswer {
  items: KubernetesObject[];
  resourceVersion: string;
  continueToken?: string;
  remainingItemCount?: number;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  /** A bookmark's object has kind, apiVersion and `metadata.resourceVersion` only. */
  object: KubernetesObject;
}

export interface WatchRequest extends Selection {
  /** Events after this version; '' or '0' starts with the present objects as ADDED. */
  resourceVersion?: string;
  /** Also a bookmark after the initial objects, with `k8s.io/initial-events-end`. */
  sendInitialEvents?: boolean;
}

/** What the text of a body has twice, of which an object that was read from it has one. */
export interface RepeatedKeys {
  /**
   * In order. `text` is what the server says, such as `duplicate field "a.b"`.
   * YAML has no paths.
   */
  found: readonly { text: string; path?: string; position?: number }[];
  /** Where a key stands in JSON for the first time. */
  positionOf?(path: string): number | undefined;
}

export interface WriteOptions {
  /** Field manager; at most 128 characters. */
  manager: string;
  /** Who writes; absent for the cluster's own controllers, which admission trusts. */
  user?: UserInfo;
  /** Everything but the storing. */
  dryRun?: boolean;
  /** Default `Warn`, as the API server's. */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  /** Refused or warned of together with fields that the kind does not have. Absent: none. */
  repeated?: RepeatedKeys;
  /** Gets what the API sends as `Warning: 299` headers. */
  warn?: (text: string) => void;
  /** With `scale`, the object that is sent and answered is an `autoscaling/v1` Scale. */
  subresource?: 'status' | 'scale' | 'finalize';
}

export type PatchType = 'apply' | 'merge' | 'json' | 'strategic';

export interface PatchRequest {
  type: PatchType;
  /** Parsed body: an object, or the operations of a JSON patch. */
  body: unknown;
  /** Server-side apply only: take over fields of others. */
  force?: boolean;
}

export interface WriteResult {
  object: KubernetesObject;
  /** True when the write made the object (HTTP 201). */
  created: boolean;
}

export interface DeleteRequest {
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: boolean;
  user?: UserInfo;
}

/**
 * All objects of the cluster, with everything that the API server does to
 * them between request and storage. Synchronous: an accepted write is in the
 * database when the call returns. Every refusal is a `StatusError`.
 *
 * Objects that are handed out are shared and must not be changed: copy first.
 */
export interface ClusterObjects {
  /** Every served kind and version, definitions included. */
  types(): readonly ResourceType[];
  typeOf(apiVersion: string, kind: string): ResourceType | undefined;
  /** By URL: group, version and plural. */
  typeAt(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined;
  /** Called whenever a definition adds, changes or removes a kind. @returns what ends it */
  onTypesChanged(listener: () => void): () => void;

  /** The present resourceVersion. */
  resourceVersion(): string;
  /** @throws StatusError 404 */
  get(type: ResourceType, key: ObjectKey): KubernetesObject;
  find(type: ResourceType, key: ObjectKey): KubernetesObject | undefined;
  list(type: ResourceType, request?: ListRequest): ListAnswer;
  /**
   * Calls `send` for each event, in order: at once for what is past, later for
   * what comes. Objects that begin or cease to match a selector are ADDED or
   * DELETED.
   *
   * @returns what ends it
   * @throws StatusError 410 Expired for a version that is too old
   */
  watch(
    type: ResourceType,
    request: WatchRequest,
    send: (event: WatchEvent) => void,
  ): () => void;

  create(
    type: ResourceType,
    object: KubernetesObject,
    options: WriteOptions,
  ): WriteResult;
  /** PUT. Without `metadata.resourceVersion` it overwrites whatever is there. */
  update(
    type: ResourceType,
    key: ObjectKey,
    object: KubernetesObject,
    options: WriteOptions,
  ): WriteResult;
  patch(
    type: ResourceType,
    key: ObjectKey,
    patch: PatchRequest,
    options: WriteOptions,
  ): WriteResult;
  /** @returns the object as it is now: gone, or with a deletionTimestamp while finalizers or a grace period hold it */
  delete(
    type: ResourceType,
    key: ObjectKey,
    request: DeleteRequest,
  ): { object: KubernetesObject; gone: boolean };
}
