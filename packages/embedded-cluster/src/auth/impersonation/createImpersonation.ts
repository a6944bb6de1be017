import type { StatusError } from '../../model/StatusError';
import type { UserInfo } from '../../model/UserInfo';
import type { AccessRequest, Authorizer } from '../../ports/Authorizer';
import { forbiddenError } from '../../runtime/forbiddenError';
import {
  parseServiceAccountName,
  serviceAccountGroups,
} from '../serviceAccountName';
import {
  impersonationModes,
  type ImpersonationCheck,
} from './impersonationModes';
import type { WantedUser } from './WantedUser';

const ANONYMOUS = 'system:anonymous';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
/** Users whose last way to impersonate is remembered. */
const USERS_REMEMBERED = 1_000;

function impersonated(wanted: WantedUser): UserInfo {
  const { username, uid, extra } = wanted;
  const account = parseServiceAccountName(username);
  const groups =
    account !== undefined && wanted.groups.length === 0
      ? serviceAccountGroups(account.namespace)
      : [...wanted.groups];
  const implied = username === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED;
  if (!groups.includes(AUTHENTICATED) && !groups.includes(UNAUTHENTICATED)) {
    groups.push(implied);
  }
  return {
    username,
    groups,
    ...(uid === '' ? {} : { uid }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

/**
 * Lets users act as others where RBAC allows it.
 *
 * The way by which somebody last was allowed is tried first, and a refusal
 * names what it lacks: the API server does so too, and a user who holds
 * `impersonate` on users is told of the group that is missing, not of a
 * constrained mode that nobody meant.
 */
export function createImpersonation(authorizer: Authorizer) {
  const lastMode = new Map<string, number>();

  const refusal = (
    user: UserInfo,
    checks: readonly ImpersonationCheck[],
  ): StatusError | undefined => {
    for (const { access, never } of checks) {
      const request = { ...access, user };
      const decision =
        never === undefined
          ? authorizer.authorize(request)
          : { allowed: false, reason: never };
      if (!decision.allowed) {
        return forbiddenError(request, decision.reason);
      }
    }
    return undefined;
  };

  /** @throws StatusError 403 */
  return (
    user: UserInfo,
    wanted: WantedUser,
    access: Omit<AccessRequest, 'user'> | undefined,
  ): UserInfo => {
    const last = lastMode.get(user.username);
    const order = impersonationModes
      .map((mode, index) => ({ mode, index }))
      .sort((a, b) => Number(b.index === last) - Number(a.index === last));
    let first: StatusError | undefined;
    for (const { mode, index } of order) {
      const checks = mode.checks(wanted, access);
      if (checks !== undefined) {
        const error = refusal(user, checks);
        if (error === undefined) {
          const [oldest] = lastMode.keys();
          if (lastMode.size >= USERS_REMEMBERED) {
            lastMode.delete(oldest);
          }
          lastMode.set(user.username, index);
          return impersonated(wanted);
        }
        first ??= error;
      }
    }
    // The unconstrained mode always applies, so there is an error.
    throw first;
  };
}
