import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { StatusError } from '../../model/StatusError';
import { SYSTEM_MASTERS, type UserInfo } from '../../model/UserInfo';
import type { Admission, AdmissionRequest } from '../../ports/Admission';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { RbacAuthorizer } from './createAuthorizer';
import { missingRights } from './coverRules';
import { rulesOf, type PolicyRule } from './PolicyRule';
import { RBAC_GROUP, rbacType } from './RbacTables';
import { readRoleBinding } from './RoleBinding';

const EVERYTHING: PolicyRule[] = [
  {
    verbs: ['*'],
    apiGroups: ['*'],
    resources: ['*'],
    resourceNames: [],
    nonResourceURLs: [],
  },
  {
    verbs: ['*'],
    apiGroups: [],
    resources: [],
    resourceNames: [],
    nonResourceURLs: ['*'],
  },
];

/** What is checked, by whom, for a refusal that names it. */
interface Write {
  user: UserInfo;
  resource: string;
  object: KubernetesObject;
}

function forbidden({ resource, object }: Write, why: string): StatusError {
  const { name } = object.metadata;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${resource}.${RBAC_GROUP} "${name}" is forbidden: ${why}`,
    details: { name, group: RBAC_GROUP, kind: resource },
  });
}

/**
 * RBAC's guard: nobody grants what they do not hold, unless `escalate` on the
 * role or `bind` on what is bound lets them.
 */
export function createEscalationGuard(options: {
  objects: ClusterObjects;
  authorizer: RbacAuthorizer;
}): Admission {
  const { objects, authorizer } = options;

  const assertHeld = (write: Write, rules: readonly PolicyRule[]) => {
    const { user, object } = write;
    const held = authorizer.rulesFor(user, object.metadata.namespace);
    const missing = missingRights(held.rules, rules);
    if (missing.length === 0) {
      return;
    }
    const groups = user.groups.map(group => JSON.stringify(group)).join(' ');
    const unresolved =
      held.problems.length === 0
        ? ''
        : `; resolution errors: [${held.problems.join(', ')}]`;
    throw forbidden(
      write,
      `user ${JSON.stringify(
        user.username,
      )} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${missing.join(
        '\n',
      )}${unresolved}`,
    );
  };

  const guardRole = (write: Write, old: KubernetesObject | undefined) => {
    const { user, resource, object } = write;
    const { name, namespace } = object.metadata;
    const mayEscalate = authorizer.authorize({
      user,
      verb: 'escalate',
      group: RBAC_GROUP,
      resource,
      namespace,
      name,
    }).allowed;
    const same = (field: 'rules' | 'aggregationRule') =>
      old !== undefined &&
      isDeepStrictEqual(old[field] ?? null, object[field] ?? null);
    if (mayEscalate || (same('rules') && same('aggregationRule'))) {
      return;
    }
    assertHeld(write, rulesOf(object));
    // Its rules are those of all roles that its selectors will ever match.
    if (
      (object.aggregationRule ?? null) !== null &&
      missingRights(authorizer.rulesFor(user).rules, EVERYTHING).length > 0
    ) {
      throw forbidden(
        write,
        'must have cluster-admin privileges to use the aggregationRule',
      );
    }
  };

  const guardBinding = (write: Write) => {
    const { user, resource, object } = write;
    const binding = readRoleBinding(object);
    if (binding === undefined) {
      return;
    }
    const { role, namespace } = binding;
    const plural = role.kind === 'Role' ? 'roles' : 'clusterroles';
    const mayBind = authorizer.authorize({
      user,
      verb: 'bind',
      group: RBAC_GROUP,
      resource: plural,
      namespace,
      name: role.name,
    }).allowed;
    if (mayBind) {
      return;
    }
    const bound = objects.find(rbacType(objects, plural), {
      name: role.name,
      ...(role.kind === 'Role' ? { namespace } : {}),
    });
    if (bound === undefined) {
      // As the API server has it: the binding's kind with the role's name.
      throw StatusError.notFound({ group: RBAC_GROUP, resource }, role.name);
    }
    assertHeld(write, rulesOf(bound));
  };

  return ({ operation, type, object, old, user }: AdmissionRequest) => {
    if (
      type.group !== RBAC_GROUP ||
      operation === 'DELETE' ||
      object === undefined ||
      user === undefined ||
      user.groups.includes(SYSTEM_MASTERS)
    ) {
      return;
    }
    const write = { user, resource: type.plural, object };
    if (type.plural.endsWith('bindings')) {
      guardBinding(write);
    } else {
      guardRole(write, old);
    }
  };
}
