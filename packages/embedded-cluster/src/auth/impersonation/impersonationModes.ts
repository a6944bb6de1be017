import { SYSTEM_MASTERS } from '../../model/UserInfo';
import type { AccessRequest } from '../../ports/Authorizer';
import { parseServiceAccountName } from '../serviceAccountName';
import type { WantedUser } from './WantedUser';

/** One question to the authorizer; `never` is what no rule can allow. */
export interface ImpersonationCheck {
  access: Omit<AccessRequest, 'user'>;
  never?: string;
}

/** A way to be allowed to impersonate: all its checks must pass. */
export interface ImpersonationMode {
  name: string;
  /** Undefined where the mode is not for such a user. */
  checks(
    wanted: WantedUser,
    access: Omit<AccessRequest, 'user'> | undefined,
  ): ImpersonationCheck[] | undefined;
}

const AUTHENTICATION = 'authentication.k8s.io';
const NODE_PREFIX = 'system:node:';
/** Such as `acme.io/foo`. */
const DOMAIN_PREFIXED = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/.+$/;

const isNode = ({ username }: WantedUser) => username.startsWith(NODE_PREFIX);

const isPlain = ({ uid, groups, extra }: WantedUser) =>
  uid === '' && groups.length === 0 && Object.keys(extra).length === 0;

/** Whether the action itself may be done as somebody else. */
function onAction(
  mode: string,
  access: Omit<AccessRequest, 'user'>,
): ImpersonationCheck {
  return {
    access: { ...access, verb: `impersonate-on:${mode}:${access.verb}` },
  };
}

function constrained(
  name: string,
  identity: (
    wanted: WantedUser,
    verb: string,
  ) => ImpersonationCheck[] | undefined,
): ImpersonationMode {
  return {
    name,
    checks(wanted, access) {
      const checks = access && identity(wanted, `impersonate:${name}`);
      return checks && [onAction(name, access), ...checks];
    },
  };
}

/** What the users, groups, uids and extra values that somebody asks for are called as resources. */
function identityChecks(
  wanted: WantedUser,
  verb: string,
  coreGroup: string,
): ImpersonationCheck[] {
  const { username, uid, groups, extra } = wanted;
  const on = (
    group: string,
    resource: string,
    name: string,
    subresource?: string,
  ): ImpersonationCheck => ({
    access: { verb, group, resource, name, subresource },
  });
  const serviceAccount = parseServiceAccountName(username);
  return [
    serviceAccount === undefined
      ? on(coreGroup, 'users', username)
      : {
          access: {
            verb,
            group: coreGroup,
            resource: 'serviceaccounts',
            ...serviceAccount,
          },
        },
    ...(uid === '' ? [] : [on(AUTHENTICATION, 'uids', uid)]),
    ...groups.map(group => on(coreGroup, 'groups', group)),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map(value => on(AUTHENTICATION, 'userextras', value, key)),
    ),
  ];
}

function userInfoChecks(
  wanted: WantedUser,
  verb: string,
): ImpersonationCheck[] | undefined {
  if (isNode(wanted) || parseServiceAccountName(wanted.username)) {
    return undefined;
  }
  const invalidKey = Object.keys(wanted.extra).find(
    key => !DOMAIN_PREFIXED.test(key),
  );
  return [
    ...identityChecks(wanted, verb, AUTHENTICATION).map(check =>
      check.access.resource === 'groups' && check.access.name === SYSTEM_MASTERS
        ? {
            ...check,
            never: `impersonating the ${SYSTEM_MASTERS} group is not allowed`,
          }
        : check,
    ),
    ...(invalidKey === undefined
      ? []
      : [
          {
            access: { verb, group: AUTHENTICATION, resource: 'userextras' },
            never: `impersonating an invalid key in extra is not allowed: extra.key: Invalid value: ${JSON.stringify(
              invalidKey,
            )}: must be a domain-prefixed path (such as "acme.io/foo")`,
          },
        ]),
  ];
}

/**
 * In the order in which the API server tries them: Kubernetes 1.36's
 * constrained modes, then the verb `impersonate` as it always was. The mode
 * that lets a pod act as its own node is left out: no kubelet asks here.
 */
export const impersonationModes: readonly ImpersonationMode[] = [
  constrained('serviceaccount', (wanted, verb) => {
    const account = parseServiceAccountName(wanted.username);
    return account && isPlain(wanted)
      ? [
          {
            access: {
              verb,
              group: AUTHENTICATION,
              resource: 'serviceaccounts',
              ...account,
            },
          },
        ]
      : undefined;
  }),
  constrained('arbitrary-node', (wanted, verb) =>
    isNode(wanted) && isPlain(wanted)
      ? [
          {
            access: {
              verb,
              group: AUTHENTICATION,
              resource: 'nodes',
              name: wanted.username.slice(NODE_PREFIX.length),
            },
          },
        ]
      : undefined,
  ),
  constrained('user-info', userInfoChecks),
  {
    name: 'legacy',
    checks: wanted => identityChecks(wanted, 'impersonate', ''),
  },
];
