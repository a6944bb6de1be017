import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { UserInfo } from '../../model/UserInfo';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { rulesOf, type PolicyRule } from './PolicyRule';
import {
  readRoleBinding,
  subjectKey,
  subjectKeysOf,
  type RoleBinding,
} from './RoleBinding';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

type Plural = 'roles' | 'clusterroles' | 'rolebindings' | 'clusterrolebindings';

/** @throws Error when the store does not serve RBAC, which it always does */
export function rbacType(
  objects: Pick<ClusterObjects, 'typeAt'>,
  plural: Plural,
): ResourceType {
  const type = objects.typeAt(RBAC_GROUP, 'v1', plural);
  if (type === undefined) {
    throw new Error(
      `The store serves no ${plural}.${RBAC_GROUP}/v1, without which nobody can be authorized`,
    );
  }
  return type;
}

/** Rules of a role, or the sentence that says that there is no such role. */
export type RoleLookup =
  | { status: 'found'; rules: readonly PolicyRule[] }
  | { status: 'absent'; problem: string };

/** A binding that names the user, with the subject by which it does. */
export interface BindingOfUser {
  binding: RoleBinding;
  /** Index into `binding.subjects`. */
  subject: number;
}

const at = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

/**
 * The Roles and bindings that are stored, by what they are asked for: bindings
 * by subject and namespace, rules by role.
 */
export class RbacTables {
  readonly #roles = new Map<string, readonly PolicyRule[]>();
  /** By subject, then by `namespace/name` of the binding. */
  readonly #bindings = new Map<string, Map<string, BindingOfUser>>();
  /** By `namespace/name`: what has to be taken out when it changes. */
  readonly #stored = new Map<string, RoleBinding>();
  readonly #ends: (() => void)[];
  readonly #onChange: () => void;

  /** @param onChange - after each change of an RBAC object */
  constructor(objects: ClusterObjects, onChange: () => void) {
    this.#onChange = onChange;
    const follow = (
      plural: Plural,
      changed: (object: KubernetesObject, present: boolean) => void,
    ) =>
      objects.watch(rbacType(objects, plural), {}, ({ type, object }) => {
        if (type !== 'BOOKMARK') {
          changed(object, type !== 'DELETED');
          this.#onChange();
        }
      });
    this.#ends = [
      follow('roles', this.#roleChanged),
      follow('clusterroles', this.#roleChanged),
      follow('rolebindings', this.#bindingChanged),
      follow('clusterrolebindings', this.#bindingChanged),
    ];
  }

  close(): void {
    this.#ends.forEach(end => end());
  }

  /** ClusterRoleBindings, and in a namespace its RoleBindings, each in the order of names. */
  bindingsOf(user: UserInfo, namespace?: string): BindingOfUser[] {
    const found = new Map<string, BindingOfUser>();
    for (const key of subjectKeysOf(user)) {
      for (const [place, entry] of this.#bindings.get(key) ?? []) {
        const { binding } = entry;
        const applies =
          binding.namespace === undefined ||
          (namespace !== undefined && binding.namespace === namespace);
        if (applies) {
          const before = found.get(place);
          // The API server reports the first subject that matches.
          if (before === undefined || before.subject > entry.subject) {
            found.set(place, entry);
          }
        }
      }
    }
    // Cluster-scoped ones have the places that begin with '/', which sorts first.
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, entry]) => entry);
  }

  rules({ role, namespace }: RoleBinding): RoleLookup {
    const rules = this.#roles.get(
      at(role.kind === 'Role' ? namespace : undefined, role.name),
    );
    return rules === undefined
      ? {
          status: 'absent',
          problem: `${role.kind.toLowerCase()}.${RBAC_GROUP} "${
            role.name
          }" not found`,
        }
      : { status: 'found', rules };
  }

  #roleChanged = (object: KubernetesObject, present: boolean): void => {
    const key = at(object.metadata.namespace, object.metadata.name);
    if (present) {
      this.#roles.set(key, rulesOf(object));
    } else {
      this.#roles.delete(key);
    }
  };

  #bindingChanged = (object: KubernetesObject, present: boolean): void => {
    const key = at(object.metadata.namespace, object.metadata.name);
    const before = this.#stored.get(key);
    for (const subject of before?.subjects ?? []) {
      this.#bindings.get(subjectKey(subject, before?.namespace))?.delete(key);
    }
    this.#stored.delete(key);
    const binding = present ? readRoleBinding(object) : undefined;
    if (binding === undefined) {
      return;
    }
    this.#stored.set(key, binding);
    binding.subjects.forEach((subject, index) => {
      const name = subjectKey(subject, binding.namespace);
      const places = this.#bindings.get(name) ?? new Map();
      this.#bindings.set(name, places);
      if (!places.has(key)) {
        places.set(key, { binding, subject: index });
      }
    });
  };
}
