import { SYSTEM_MASTERS, type UserInfo } from '../../model/UserInfo';
import type { AccessRequest, Authorizer } from '../../ports/Authorizer';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { PolicyRule } from './PolicyRule';
import { RbacTables, type BindingOfUser } from './RbacTables';
import { describeSubject } from './RoleBinding';
import { ruleAllows } from './ruleAllows';

/** Decisions kept until an RBAC object changes; above it the oldest goes. */
const DECISIONS_KEPT = 10_000;

type Decision = ReturnType<Authorizer['authorize']>;

export interface RbacAuthorizer extends Authorizer {
  /**
   * All rules that hold for somebody: cluster-wide ones, and in a namespace
   * its own too. `problems` names the roles that bindings refer to in vain.
   */
  rulesFor(
    user: UserInfo,
    namespace?: string,
  ): { rules: PolicyRule[]; problems: string[] };
  /** Stops following the RBAC objects. */
  close(): void;
}

function describe({ binding, subject }: BindingOfUser): string {
  const { role, namespace, name, subjects } = binding;
  const place =
    namespace === undefined
      ? `ClusterRoleBinding "${name}"`
      : `RoleBinding "${name}/${namespace}"`;
  return `RBAC: allowed by ${place} of ${role.kind} "${
    role.name
  }" to ${describeSubject(subjects[subject], namespace)}`;
}

function keyOf(request: AccessRequest): string {
  const { user, verb, group, resource, subresource, namespace, name, path } =
    request;
  return JSON.stringify([
    user.username,
    user.groups,
    verb,
    group,
    resource,
    subresource,
    namespace,
    name,
    path,
  ]);
}

/**
 * RBAC over the Roles, ClusterRoles and bindings in the store, with the reasons
 * that Kubernetes gives. Members of `system:masters` may do everything, without
 * a reason. A refusal has an empty reason, or one that names the roles that
 * bindings of the user refer to in vain.
 */
export function createAuthorizer(objects: ClusterObjects): RbacAuthorizer {
  const decisions = new Map<string, Decision>();
  const tables = new RbacTables(objects, () => decisions.clear());

  const decide = (request: AccessRequest): Decision => {
    const problems: string[] = [];
    for (const bound of tables.bindingsOf(request.user, request.namespace)) {
      const role = tables.rules(bound.binding);
      if (role.status === 'absent') {
        problems.push(role.problem);
      } else if (role.rules.some(rule => ruleAllows(rule, request))) {
        return { allowed: true, reason: describe(bound) };
      }
    }
    return { allowed: false, reason: reasonOf(problems) };
  };

  return {
    authorize(request) {
      if (request.user.groups.includes(SYSTEM_MASTERS)) {
        return { allowed: true, reason: '' };
      }
      const key = keyOf(request);
      const kept = decisions.get(key);
      if (kept) {
        return kept;
      }
      const decision = decide(request);
      if (decisions.size >= DECISIONS_KEPT) {
        for (const oldest of decisions.keys()) {
          decisions.delete(oldest);
          break;
        }
      }
      decisions.set(key, decision);
      return decision;
    },
    rulesFor(user, namespace) {
      const problems: string[] = [];
      const rules = tables
        .bindingsOf(user, namespace)
        .flatMap(({ binding }) => {
          const role = tables.rules(binding);
          if (role.status === 'absent') {
            problems.push(role.problem);
            return [];
          }
          return role.rules;
        });
      return { rules, problems };
    },
    close: () => tables.close(),
  };
}

function reasonOf(problems: readonly string[]): string {
  const distinct = [...new Set(problems)];
  if (distinct.length === 0) {
    return '';
  }
  return `RBAC: ${
    distinct.length === 1 ? distinct[0] : `[${distinct.join(', ')}]`
  }`;
}
