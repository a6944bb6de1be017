/**
 * The kinds that somebody wants to write, as `group/Kind`, each once; the core
 * group is empty (`/Service`).
 */
export interface WrittenKinds {
  /**
   * Namespaced kinds. A RoleBinding that gives nothing but a Role of the same
   * set is {@link OWN_ROLE_BINDING}.
   */
  kinds: string[];
  clusterScopedKinds: string[];
}

/** One of them, and which list it belongs to. */
export interface WrittenKind {
  list: keyof WrittenKinds;
  kind: string;
}

export function collectKinds(written: WrittenKind[]): WrittenKinds {
  const inList = (wanted: keyof WrittenKinds) => [
    ...new Set(
      written.filter(({ list }) => list === wanted).map(({ kind }) => kind),
    ),
  ];
  return {
    kinds: inList('kinds'),
    clusterScopedKinds: inList('clusterScopedKinds'),
  };
}

export const ROLE_BINDING = 'rbac.authorization.k8s.io/RoleBinding';

/**
 * A RoleBinding that gives a Role of the same manifests to ServiceAccounts of
 * the same manifests, so that the manifests show every right that it gives.
 */
export const OWN_ROLE_BINDING = `${ROLE_BINDING}:own`;
