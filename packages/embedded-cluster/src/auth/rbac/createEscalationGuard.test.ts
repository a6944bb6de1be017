import { StatusError } from '../../model/StatusError';
import {
  openTestObjects,
  roleRef,
  subject,
  user,
  type TestObjects,
} from '../__testUtils__/openTestObjects';
import { createAuthorizer, type RbacAuthorizer } from './createAuthorizer';
import { createEscalationGuard } from './createEscalationGuard';

const JANE = user('jane');
const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const SECRETS = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };

describe('createEscalationGuard', () => {
  let test: TestObjects;
  let authorizer: RbacAuthorizer;

  beforeEach(async () => {
    test = await openTestObjects();
    authorizer = createAuthorizer(test.objects);
    test.admit(createEscalationGuard({ objects: test.objects, authorizer }));
    // Jane may read pods in betting, and nothing else.
    createRole('reader', [PODS]);
    bind('readers', 'reader');
  });

  afterEach(() => {
    authorizer.close();
    test.close();
  });

  function createRole(name: string, rules: unknown[], as?: typeof JANE) {
    return test.create(
      'Role',
      { metadata: { name, namespace: 'betting' }, rules },
      as,
    );
  }

  function bind(
    name: string,
    role: string,
    as?: typeof JANE,
    kind: 'Role' | 'ClusterRole' = 'Role',
  ) {
    return test.create(
      'RoleBinding',
      {
        metadata: { name, namespace: 'betting' },
        roleRef: roleRef(kind, role),
        subjects: [subject('User', 'jane')],
      },
      as,
    );
  }

  function grant(verb: string, resource: string, names: string[] = []) {
    const name = `${verb}-${resource}`;
    createRole(name, [
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: [resource],
        verbs: [verb],
        resourceNames: names,
      },
    ]);
    bind(name, name);
  }

  function refusal(action: () => unknown): unknown {
    try {
      action();
    } catch (error) {
      return error instanceof StatusError ? error.toStatus() : error;
    }
    return undefined;
  }

  it('lets somebody grant what they hold', () => {
    expect(
      refusal(() => {
        createRole('listers', [{ ...PODS, verbs: ['list'] }], JANE);
        bind('listers', 'listers', JANE);
      }),
    ).toBeUndefined();
  });

  it('refuses a role with more than its author holds', () => {
    expect(refusal(() => createRole('more', [PODS, SECRETS], JANE))).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'roles.rbac.authorization.k8s.io "more" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
      reason: 'Forbidden',
      details: {
        name: 'more',
        group: 'rbac.authorization.k8s.io',
        kind: 'roles',
      },
      code: 403,
    });
  });

  it('counts only what somebody holds everywhere towards a ClusterRole', () => {
    const refused = refusal(() =>
      test.create(
        'ClusterRole',
        { metadata: { name: 'pods' }, rules: [PODS] },
        JANE,
      ),
    );

    expect(refused).toMatchObject({
      code: 403,
      message:
        'clusterroles.rbac.authorization.k8s.io "pods" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}',
    });
  });

  it('judges a change of rules, and no other change', () => {
    const strong = createRole('strong', [SECRETS]);

    expect(
      refusal(() =>
        test.update(
          'Role',
          {
            ...strong,
            metadata: { ...strong.metadata, labels: { team: 'betting' } },
          },
          JANE,
        ),
      ),
    ).toBeUndefined();
    expect(
      refusal(() =>
        test.update(
          'Role',
          {
            ...strong,
            metadata: { name: 'strong', namespace: 'betting' },
            rules: [{ ...SECRETS, verbs: ['*'] }],
          },
          JANE,
        ),
      ),
    ).toMatchObject({ code: 403 });
  });

  it('judges every write of a binding, whatever it changes', () => {
    createRole('strong', [SECRETS]);
    const binding = test.create('RoleBinding', {
      metadata: { name: 'strong', namespace: 'betting' },
      roleRef: roleRef('Role', 'strong'),
      subjects: [subject('User', 'ann')],
    });
    const { name, namespace } = binding.metadata;

    expect(refusal(() => bind('strong-2', 'strong', JANE))).toMatchObject({
      code: 403,
      details: { name: 'strong-2', kind: 'rolebindings' },
    });
    const update = (change: object) => () =>
      test.update('RoleBinding', { ...binding, ...change }, JANE);
    expect(
      refusal(update({ metadata: { name, namespace, labels: { a: 'b' } } })),
    ).toMatchObject({ code: 403, details: { name: 'strong' } });
    expect(
      refusal(update({ metadata: { name, namespace }, subjects: [] })),
    ).toMatchObject({ code: 403, details: { name: 'strong' } });
  });

  it('refuses to bind a role that is not there, as not found', () => {
    expect(
      refusal(() => bind('nothing', 'nothing', JANE, 'ClusterRole')),
    ).toMatchObject({
      code: 404,
      message: 'rolebindings.rbac.authorization.k8s.io "nothing" not found',
    });
  });

  it('lets the verbs escalate and bind pass', () => {
    createRole('strong', [SECRETS]);
    grant('bind', 'roles', ['strong']);
    grant('escalate', 'roles');

    expect(
      refusal(() => {
        bind('strong', 'strong', JANE);
        createRole('any', [{ ...SECRETS, verbs: ['*'] }], JANE);
      }),
    ).toBeUndefined();
    expect(refusal(() => bind('any', 'any', JANE))).toMatchObject({
      code: 403,
    });
  });

  it('leaves aggregation to those who may do everything', () => {
    const aggregating = (as: typeof JANE) => () =>
      test.create(
        'ClusterRole',
        {
          metadata: { name: 'all' },
          aggregationRule: { clusterRoleSelectors: [{}] },
        },
        as,
      );

    expect(refusal(aggregating(JANE))).toMatchObject({
      code: 403,
      message:
        'clusterroles.rbac.authorization.k8s.io "all" is forbidden: must have cluster-admin privileges to use the aggregationRule',
    });
    expect(
      refusal(aggregating(user('root', 'system:masters'))),
    ).toBeUndefined();
  });
});
