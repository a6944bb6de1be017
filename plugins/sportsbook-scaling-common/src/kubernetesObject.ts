/** A Kubernetes object as it travels: raw JSON, never a typed model. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    finalizers?: string[];
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** What names an object. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  name: string;
  /** Undefined for cluster-scoped kinds. */
  namespace?: string;
}

export function objectRefOf(object: KubernetesObject): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    name: metadata.name,
    ...(metadata.namespace === undefined
      ? {}
      : { namespace: metadata.namespace }),
  };
}

/** `Deployment betting/odds-api`, as people write it. */
export function formatObjectRef(ref: ObjectRef): string {
  return `${ref.kind} ${
    ref.namespace === undefined ? '' : `${ref.namespace}/`
  }${ref.name}`;
}

/** `apps/Deployment`; `/Service` in the core group. Versions of a group share their kinds. */
export function groupKindOf(
  ref: Pick<ObjectRef, 'apiVersion' | 'kind'>,
): string {
  const slash = ref.apiVersion.indexOf('/');
  const group = slash === -1 ? '' : ref.apiVersion.slice(0, slash);
  return `${group}/${ref.kind}`;
}
