import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** A kind as discovery lists it; plurals and scope are never guessed. */
export interface ApiResource {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  verbs: string[];
}

/** What the server serves at one moment. */
export interface ApiCatalog {
  /** Undefined where the server does not serve the kind. */
  find(apiVersion: string, kind: string): ApiResource | undefined;
  resources(): ApiResource[];
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface RawOptions extends CallOptions {
  /** Further headers, which a service proxy hands on. Not for credentials. */
  headers?: Record<string, string>;
}

export interface ApplyOptions extends CallOptions {
  /** Server dry run: validated and admitted, never stored. Default false. */
  dryRun?: boolean;
  /** Take fields over from other managers. Default false: a conflict is an error. */
  force?: boolean;
  /** Default {@link FIELD_MANAGER}. */
  fieldManager?: string;
}

/** One step of a JSON patch: https://www.rfc-editor.org/rfc/rfc6902 */
export type JsonPatchOperation =
  | { op: 'add' | 'replace' | 'test'; path: string; value: unknown }
  | { op: 'remove'; path: string };

export interface ApplyResult {
  object: KubernetesObject;
  /** Whether the object was made by this call (HTTP 201). */
  created: boolean;
  /** `Warning: 299` headers of the answer, unquoted. */
  warnings: string[];
}

export interface DeleteOptions extends CallOptions {
  dryRun?: boolean;
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
  /** Refuses with a conflict when the object with this name is another one by now. */
  uid?: string;
}

export interface ListOptions extends CallOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface ObjectList {
  items: KubernetesObject[];
  resourceVersion: string;
}

export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  | { type: 'BOOKMARK'; resourceVersion: string };

export interface WatchOptions extends ListOptions {
  resourceVersion?: string;
  /** The server ends the watch after this many seconds. Default 240, at most 290. */
  timeoutSeconds?: number;
}

/** What a SelfSubjectAccessReview asks. */
export interface AccessQuestion {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Body of a raw GET: text and its content type. */
export interface RawAnswer {
  status: number;
  contentType: string;
  text: string;
}

/**
 * One cluster, as the engines see it. Objects travel as raw JSON.
 *
 * Every method rejects with `ClusterUnreachableError` when nothing answered,
 * `ClusterForbiddenError` when the identity may not, `ApiNotInstalledError`
 * when the kind is not served, `UnknownClusterError` when Backstage knows no
 * such cluster, and `KubernetesApiError` for any other refusal.
 */
export interface KubernetesClient {
  /** Name of the cluster, for messages. */
  readonly cluster: string;
  version(options?: CallOptions): Promise<{ gitVersion: string }>;
  /** `fresh` asks the server again instead of the copy of at most 30 seconds ago. */
  discover(options?: CallOptions & { fresh?: boolean }): Promise<ApiCatalog>;
  /** Undefined: there is no such object. */
  get(
    ref: ObjectRef,
    options?: CallOptions,
  ): Promise<KubernetesObject | undefined>;
  list(
    kind: { apiVersion: string; kind: string },
    options?: ListOptions,
  ): Promise<ObjectList>;
  /** Ends without an error when the server ends it; the caller lists and watches again. */
  watch(
    kind: { apiVersion: string; kind: string },
    options?: WatchOptions,
  ): AsyncIterable<WatchEvent>;
  apply(object: KubernetesObject, options?: ApplyOptions): Promise<ApplyResult>;
  /**
   * Patches an object that exists, as {@link FIELD_MANAGER}. For what an apply
   * cannot say, such as who owns a field; anything else is applied.
   */
  patchJson(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    options?: CallOptions & { dryRun?: boolean },
  ): Promise<KubernetesObject>;
  /** `absent`: there was none. */
  delete(
    ref: ObjectRef,
    options?: DeleteOptions,
  ): Promise<'deleted' | 'absent'>;
  can(
    question: AccessQuestion,
    options?: CallOptions,
  ): Promise<{ allowed: boolean; reason?: string }>;
  /**
   * A GET below the API server's root, such as a service proxy's or a log's.
   * Any status is returned, except those that mean unreachable cluster,
   * unknown cluster or Backstage's own refusal.
   */
  getRaw(path: string, options?: RawOptions): Promise<RawAnswer>;
}
