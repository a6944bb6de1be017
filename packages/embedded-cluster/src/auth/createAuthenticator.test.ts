import type { IncomingHttpHeaders } from 'node:http';
import type { UserInfo } from '../model/UserInfo';
import type { AuthenticationRequest } from '../ports/Authenticator';
import type { AccessRequest } from '../ports/Authorizer';
import { createAuthenticator } from './createAuthenticator';
import type { TokenCheck } from './tokens';

const BOB: UserInfo = {
  username: 'system:serviceaccount:ec-r8:bob',
  groups: ['system:serviceaccounts', 'system:authenticated'],
};
const LIST_PODS = {
  verb: 'list',
  group: '',
  resource: 'pods',
  namespace: 'ec-r8',
};

type Allowed = Partial<Omit<AccessRequest, 'user'>>;

/** What RBAC would allow `BOB`; members of system:masters may do everything. */
function authenticatorWith(allowed: Allowed[] = []) {
  const matches = (request: AccessRequest, wanted: Allowed) =>
    Object.entries(wanted).every(
      ([key, value]) => request[key as keyof AccessRequest] === value,
    );
  return createAuthenticator({
    tokens: {
      check: async (token): Promise<TokenCheck> =>
        token === 'bob'
          ? { status: 'valid', user: BOB, audiences: [] }
          : { status: 'invalid', reason: 'unknown' },
    },
    authorizer: {
      authorize: request => ({
        allowed:
          request.user.groups.includes('system:masters') ||
          allowed.some(wanted => matches(request, wanted)),
        reason: '',
      }),
    },
  });
}

const ADMIN = {
  commonName: 'embedded-admin',
  organizations: ['system:masters'],
  trusted: true,
  fingerprint256: 'D2:42:24',
};

async function refusalOf(answer: unknown): Promise<unknown> {
  return Promise.resolve(answer).then(
    () => 'allowed',
    error => error.toStatus(),
  );
}

describe('createAuthenticator', () => {
  const ask = async (request: AuthenticationRequest) =>
    authenticatorWith()(request);

  it('takes the common name and the organizations of a trusted certificate', async () => {
    expect(await ask({ certificate: ADMIN, headers: {} })).toEqual({
      username: 'embedded-admin',
      groups: ['system:masters', 'system:authenticated'],
      extra: {
        'authentication.kubernetes.io/credential-id': ['X509SHA256=d24224'],
      },
    });
  });

  it('takes the user of a bearer token', async () => {
    expect(await ask({ headers: { authorization: 'Bearer bob' } })).toBe(BOB);
  });

  it('prefers the certificate, and takes the token where it is not trusted', async () => {
    const headers = { authorization: 'Bearer bob' };

    expect(await ask({ certificate: ADMIN, headers })).toMatchObject({
      username: 'embedded-admin',
    });
    expect(
      await ask({ certificate: { ...ADMIN, trusted: false }, headers }),
    ).toBe(BOB);
  });

  it.each<[string, IncomingHttpHeaders]>([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic Ym9iOmJvYg==' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('calls somebody who shows %s anonymous', async (_what, headers) => {
    expect(await ask({ headers })).toEqual({
      username: 'system:anonymous',
      groups: ['system:unauthenticated'],
    });
  });

  it.each<[string, AuthenticationRequest]>([
    ['a token that is not valid', { headers: { authorization: 'Bearer x' } }],
    [
      'a certificate that is not trusted',
      { certificate: { ...ADMIN, trusted: false }, headers: {} },
    ],
    [
      'a certificate without a name',
      { certificate: { ...ADMIN, commonName: '' }, headers: {} },
    ],
  ])('refuses %s', async (_what, request) => {
    expect(await refusalOf(ask(request))).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
  });

  describe('impersonation by an administrator', () => {
    const as = (headers: IncomingHttpHeaders) =>
      ask({ certificate: ADMIN, headers, access: LIST_PODS });

    it.each<[IncomingHttpHeaders, UserInfo]>([
      [
        { 'impersonate-user': 'jane' },
        { username: 'jane', groups: ['system:authenticated'] },
      ],
      [
        { 'impersonate-user': 'system:serviceaccount:a:b' },
        {
          username: 'system:serviceaccount:a:b',
          groups: [
            'system:serviceaccounts',
            'system:serviceaccounts:a',
            'system:authenticated',
          ],
        },
      ],
      [
        { 'impersonate-user': 'system:anonymous' },
        { username: 'system:anonymous', groups: ['system:unauthenticated'] },
      ],
      [
        {
          'impersonate-user': 'jane',
          'impersonate-group': 'g1, g2',
          'impersonate-uid': '4',
          'impersonate-extra-foo%2fbar': '5, 6',
        },
        {
          username: 'jane',
          uid: '4',
          groups: ['g1', 'g2', 'system:authenticated'],
          extra: { 'foo/bar': ['5', '6'] },
        },
      ],
      [
        {
          'impersonate-user': 'jane',
          'impersonate-group': 'system:unauthenticated',
        },
        { username: 'jane', groups: ['system:unauthenticated'] },
      ],
      [
        { 'impersonate-user': 'jane', 'impersonate-group': 'system:masters' },
        {
          username: 'jane',
          groups: ['system:masters', 'system:authenticated'],
        },
      ],
    ])(
      'makes of %j the user that Kubernetes makes of it',
      async (headers, user) => {
        expect(await as(headers)).toEqual(user);
      },
    );

    it.each<[IncomingHttpHeaders, string]>([
      [
        { 'impersonate-group': 'g' },
        'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{"g"}, Extra:map[string][]string(nil)} without impersonating a user name',
      ],
      [
        { 'impersonate-uid': '5' },
        'requested &user.DefaultInfo{Name:"", UID:"5", Groups:[]string(nil), Extra:map[string][]string(nil)} without impersonating a user name',
      ],
      [
        { 'impersonate-extra-foo': '5' },
        'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string(nil), Extra:map[string][]string{"foo":[]string{"5"}}} without impersonating a user name',
      ],
    ])('refuses %j without a user', async (headers, message) => {
      expect(await refusalOf(as(headers))).toMatchObject({
        code: 400,
        reason: 'BadRequest',
        message,
      });
    });
  });

  describe('impersonation by a ServiceAccount', () => {
    const as = async (
      allowed: Allowed[],
      headers: IncomingHttpHeaders,
      access: AuthenticationRequest['access'] = LIST_PODS,
    ) =>
      authenticatorWith(allowed)({
        headers: { authorization: 'Bearer bob', ...headers },
        access,
      });
    const USERS = { verb: 'impersonate', group: '', resource: 'users' };
    const jane = { 'impersonate-user': 'jane' };

    it('needs the verb impersonate on all that is asked for', async () => {
      const headers = { ...jane, 'impersonate-group': 'g' };
      const GROUPS = { ...USERS, resource: 'groups', name: 'g' };

      expect(await as([USERS], jane)).toMatchObject({ username: 'jane' });
      expect(await refusalOf(as([USERS], headers))).toMatchObject({
        code: 403,
      });
      expect(await as([USERS, GROUPS], headers)).toMatchObject({
        groups: ['g', 'system:authenticated'],
      });
    });

    it('names what is missing of the way by which it was last allowed', async () => {
      const authenticate = authenticatorWith([USERS]);
      const asking = async (headers: IncomingHttpHeaders) =>
        authenticate({
          headers: { authorization: 'Bearer bob', ...jane, ...headers },
          access: LIST_PODS,
        });
      await asking({});

      expect(await refusalOf(asking({ 'impersonate-group': 'g' }))).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message:
          'groups "g" is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate resource "groups" in API group "" at the cluster scope',
        reason: 'Forbidden',
        details: { name: 'g', kind: 'groups' },
        code: 403,
      });
      expect(
        await refusalOf(asking({ 'impersonate-extra-scopes': 'g' })),
      ).toMatchObject({
        message:
          'userextras.authentication.k8s.io "g" is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate resource "userextras/scopes" in API group "authentication.k8s.io" at the cluster scope',
        details: {
          name: 'g',
          group: 'authentication.k8s.io',
          kind: 'userextras',
        },
      });
    });

    it.each<[IncomingHttpHeaders, AuthenticationRequest['access'], string]>([
      [
        jane,
        LIST_PODS,
        'pods is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "ec-r8"',
      ],
      [
        jane,
        { ...LIST_PODS, verb: 'get', subresource: 'log', name: 'x' },
        'pods "x" is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate-on:user-info:get resource "pods/log" in API group "" in the namespace "ec-r8"',
      ],
      [
        jane,
        { verb: 'get', path: '/api' },
        'forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate-on:user-info:get path "/api"',
      ],
      [
        { 'impersonate-user': 'system:serviceaccount:ec-r8:a' },
        LIST_PODS,
        'pods is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate-on:serviceaccount:list resource "pods" in API group "" in the namespace "ec-r8"',
      ],
      [
        { 'impersonate-user': 'system:node:a' },
        LIST_PODS,
        'pods is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate-on:arbitrary-node:list resource "pods" in API group "" in the namespace "ec-r8"',
      ],
    ])(
      'is refused %j for %j where nothing allows it',
      async (headers, access, message) => {
        expect(await refusalOf(as([], headers, access))).toMatchObject({
          code: 403,
          message,
        });
      },
    );

    describe('for some actions only', () => {
      const ACTION = { ...LIST_PODS, verb: 'impersonate-on:user-info:list' };
      const CONSTRAINED_USERS = {
        verb: 'impersonate:user-info',
        group: 'authentication.k8s.io',
        resource: 'users',
        name: 'jane',
      };

      it('is allowed for the action that is granted, and no other', async () => {
        const allowed = [ACTION, CONSTRAINED_USERS];

        expect(await as(allowed, jane)).toMatchObject({ username: 'jane' });
        expect(
          await refusalOf(as(allowed, jane, { ...LIST_PODS, verb: 'delete' })),
        ).toMatchObject({ code: 403 });
        expect(await refusalOf(as([CONSTRAINED_USERS], jane))).toMatchObject({
          code: 403,
        });
      });

      it.each<[IncomingHttpHeaders, string]>([
        [
          { 'impersonate-group': 'g' },
          'groups.authentication.k8s.io "g" is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate:user-info resource "groups" in API group "authentication.k8s.io" at the cluster scope',
        ],
        [
          { 'impersonate-uid': 'g' },
          'uids.authentication.k8s.io "g" is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate:user-info resource "uids" in API group "authentication.k8s.io" at the cluster scope',
        ],
        [
          { 'impersonate-group': 'system:masters' },
          'groups.authentication.k8s.io "system:masters" is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate:user-info resource "groups" in API group "authentication.k8s.io" at the cluster scope: impersonating the system:masters group is not allowed',
        ],
        [
          { 'impersonate-extra-scopes': 'g' },
          'userextras.authentication.k8s.io is forbidden: User "system:serviceaccount:ec-r8:bob" cannot impersonate:user-info resource "userextras" in API group "authentication.k8s.io" at the cluster scope: impersonating an invalid key in extra is not allowed: extra.key: Invalid value: "scopes": must be a domain-prefixed path (such as "acme.io/foo")',
        ],
      ])(
        'is refused %j in the words of Kubernetes',
        async (headers, message) => {
          const extras = { ...CONSTRAINED_USERS, resource: 'userextras' };
          expect(
            await refusalOf(
              as([ACTION, CONSTRAINED_USERS, { ...extras, name: 'g' }], {
                ...jane,
                ...headers,
              }),
            ),
          ).toMatchObject({ code: 403, message });
        },
      );
    });
  });
});
