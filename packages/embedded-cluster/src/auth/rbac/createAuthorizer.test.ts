import {
  openTestObjects,
  roleRef,
  subject,
  user,
  type TestObjects,
} from '../__testUtils__/openTestObjects';
import { createAuthorizer, type RbacAuthorizer } from './createAuthorizer';

const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const BOB = user(
  'system:serviceaccount:betting:bob',
  'system:serviceaccounts',
  'system:serviceaccounts:betting',
);

describe('createAuthorizer', () => {
  let test: TestObjects;
  let authorizer: RbacAuthorizer;

  beforeEach(async () => {
    test = await openTestObjects();
    authorizer = createAuthorizer(test.objects);
  });

  afterEach(() => {
    authorizer.close();
    test.close();
  });

  const get = (who: typeof BOB, namespace?: string, resource = 'pods') =>
    authorizer.authorize({
      user: who,
      verb: 'get',
      group: '',
      resource,
      namespace,
    });

  const createRole = (name: string, rules: unknown[]) =>
    test.create('Role', { metadata: { name, namespace: 'betting' }, rules });

  it('allows what a bound Role grants in its namespace, and says by what', () => {
    createRole('reader', [PODS]);
    test.create('RoleBinding', {
      metadata: { name: 'readers', namespace: 'betting' },
      roleRef: roleRef('Role', 'reader'),
      subjects: [
        subject('User', 'jane'),
        { kind: 'ServiceAccount', name: 'bob', namespace: 'betting' },
      ],
    });

    expect(get(BOB, 'betting')).toEqual({
      allowed: true,
      reason:
        'RBAC: allowed by RoleBinding "readers/betting" of Role "reader" to ServiceAccount "bob/betting"',
    });
    expect(get(user('jane'), 'betting')).toEqual({
      allowed: true,
      reason:
        'RBAC: allowed by RoleBinding "readers/betting" of Role "reader" to User "jane"',
    });
    expect(get(BOB, 'default')).toEqual({ allowed: false, reason: '' });
    expect(get(BOB)).toEqual({ allowed: false, reason: '' });
    expect(get(BOB, 'betting', 'secrets').allowed).toBe(false);
  });

  it('allows what a ClusterRole grants: everywhere by a ClusterRoleBinding, in one place by a RoleBinding', () => {
    test.create('ClusterRole', { metadata: { name: 'pods' }, rules: [PODS] });
    test.create('ClusterRoleBinding', {
      metadata: { name: 'all-pods' },
      roleRef: roleRef('ClusterRole', 'pods'),
      subjects: [subject('Group', 'operators')],
    });
    test.create('RoleBinding', {
      metadata: { name: 'pods-here', namespace: 'betting' },
      roleRef: roleRef('ClusterRole', 'pods'),
      subjects: [subject('Group', 'developers')],
    });

    expect(get(user('ann', 'operators'))).toEqual({
      allowed: true,
      reason:
        'RBAC: allowed by ClusterRoleBinding "all-pods" of ClusterRole "pods" to Group "operators"',
    });
    expect(get(user('dan', 'developers'), 'betting').allowed).toBe(true);
    expect(get(user('dan', 'developers'), 'default').allowed).toBe(false);
  });

  it('sees every change of roles and bindings at once', () => {
    const role = createRole('reader', [PODS]);
    const jane = user('jane');
    const bind = () =>
      test.create('RoleBinding', {
        metadata: { name: 'readers', namespace: 'betting' },
        roleRef: roleRef('Role', 'reader'),
        subjects: [subject('User', 'jane')],
      });
    expect(get(jane, 'betting').allowed).toBe(false);

    bind();
    expect(get(jane, 'betting').allowed).toBe(true);
    test.update('Role', { ...role, rules: [{ ...PODS, verbs: ['list'] }] });
    expect(get(jane, 'betting').allowed).toBe(false);
    test.update('Role', {
      ...role,
      metadata: { name: 'reader', namespace: 'betting' },
      rules: [PODS],
    });
    expect(get(jane, 'betting').allowed).toBe(true);
    test.remove('RoleBinding', 'readers', 'betting');
    expect(get(jane, 'betting').allowed).toBe(false);
    bind();
    test.remove('Role', 'reader', 'betting');
    expect(get(jane, 'betting')).toEqual({
      allowed: false,
      reason: 'RBAC: role.rbac.authorization.k8s.io "reader" not found',
    });
  });

  it('lets system:masters do everything', () => {
    expect(get(user('root', 'system:masters'))).toEqual({
      allowed: true,
      reason: '',
    });
  });

  it('lists all rules that hold for somebody in a namespace', () => {
    createRole('reader', [PODS]);
    test.create('ClusterRole', {
      metadata: { name: 'metrics' },
      rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    });
    test.create('ClusterRoleBinding', {
      metadata: { name: 'metrics' },
      roleRef: roleRef('ClusterRole', 'metrics'),
      subjects: [subject('User', 'jane')],
    });
    test.create('RoleBinding', {
      metadata: { name: 'readers', namespace: 'betting' },
      roleRef: roleRef('Role', 'reader'),
      subjects: [subject('User', 'jane')],
    });
    const jane = { username: 'jane', groups: [] };
    const resources = (namespace?: string) =>
      authorizer
        .rulesFor(jane, namespace)
        .rules.map(rule => [...rule.resources, ...rule.nonResourceURLs]);

    expect(resources('betting')).toEqual([['/metrics'], ['pods']]);
    expect(resources()).toEqual([['/metrics']]);
  });

  it('looks through the 200 bindings of somebody once for each different request', () => {
    for (let index = 0; index < 200; index += 1) {
      createRole(`role-${index}`, [{ ...PODS, resources: [`kind${index}`] }]);
      test.create('RoleBinding', {
        metadata: { name: `binding-${index}`, namespace: 'betting' },
        roleRef: roleRef('Role', `role-${index}`),
        subjects: [subject('User', 'jane')],
      });
    }
    const decideAll = () =>
      Array.from({ length: 200 }, (_, index) =>
        get(user('jane'), 'betting', `kind${index}`),
      );
    const decided = decideAll();
    expect(decided.every(({ allowed }) => allowed)).toBe(true);
    for (const [index, again] of decideAll().entries()) {
      expect(again).toBe(decided[index]);
    }
  });
});
