import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { OWN_ROLE_BINDING, ROLE_BINDING } from '../model/WrittenKinds';
import { ANY_TEMPLATE, ApplyPolicy, ApplyRequest } from './ApplyPolicy';

const policyOf = (...rules: JsonObject[]) =>
  ApplyPolicy.fromConfig(
    new ConfigReader({ sportsbookScaling: { apply: { rules } } }),
  );

const rule = {
  users: ['user:default/ada', 'group:default/platform'],
  templates: ['template:default/autoscaled'],
  clusters: ['dev'],
  namespaces: ['betting'],
};

const request: ApplyRequest = {
  user: { ref: 'user:default/ada', memberOf: [] },
  templateRef: 'template:default/autoscaled',
  cluster: 'dev',
  namespaces: ['betting'],
  kinds: ['apps/Deployment', OWN_ROLE_BINDING],
  clusterScopedKinds: [],
};

describe('ApplyPolicy', () => {
  it('allows what a rule lists', () => {
    expect(policyOf(rule).check(request)).toEqual({ allowed: true });
  });

  it('knows users through their groups, whatever the case of the refs', () => {
    expect(
      policyOf({ ...rule, users: ['Group:default/Platform'] }).check({
        ...request,
        user: { ref: 'user:default/bob', memberOf: ['group:default/platform'] },
      }),
    ).toEqual({ allowed: true });
  });

  it('allows nothing without configuration', () => {
    expect(ApplyPolicy.fromConfig(new ConfigReader({})).check(request)).toEqual(
      {
        allowed: false,
        reason:
          "user:default/ada may not apply to cluster 'dev' by template:default/autoscaled. No rule is about this user and template. Ask those who run Backstage for a rule in sportsbookScaling.apply.rules.",
      },
    );
  });

  it.each([
    [
      'another user',
      { user: { ref: 'user:default/eve', memberOf: ['group:default/other'] } },
      'user:default/eve may not apply',
      'No rule is about this user and template',
    ],
    [
      'another template',
      { templateRef: 'template:default/other' },
      'by template:default/other',
      'No rule is about this user and template',
    ],
    [
      'a task without a template',
      { templateRef: undefined },
      'by no template',
      'No rule is about this user and template',
    ],
    [
      'another cluster',
      { cluster: 'prod' },
      "to cluster 'prod'",
      "Allowed are the clusters 'dev'.",
    ],
    [
      'another namespace beside an allowed one',
      { namespaces: ['betting', 'kube-system'] },
      "in namespace 'kube-system' of cluster 'dev'",
      "Allowed there are the namespaces 'betting'.",
    ],
    [
      'a cluster-scoped kind',
      { clusterScopedKinds: ['/Namespace'] },
      "the cluster-scoped kind '/Namespace' to cluster 'dev'",
      'No cluster-scoped kind is allowed there.',
    ],
    ...['/Secret', '/Pod', 'batch/Job', ROLE_BINDING].map(
      (kind): [string, Partial<ApplyRequest>, string, string] => [
        `${kind} where the rule names no kinds`,
        { kinds: ['/Service', kind] },
        `may not apply the kind '${kind}' in namespace 'betting' of cluster 'dev'`,
        "Allowed there are the kinds '/ConfigMap', '/Service', '/ServiceAccount', 'apps/Deployment'",
      ],
    ),
  ])(
    'refuses %s and says what is allowed',
    (_title, changes, refused, allowed) => {
      const decision = policyOf(rule).check({ ...request, ...changes });
      expect(decision).toEqual({
        allowed: false,
        reason: expect.stringContaining(refused),
      });
      expect(decision).toEqual({
        allowed: false,
        reason: expect.stringContaining(allowed),
      });
    },
  );

  it('refuses a principal that is not a user unless a rule is for everybody', () => {
    const service = { ...request, user: undefined };
    expect(policyOf(rule).check(service)).toEqual({
      allowed: false,
      reason: expect.stringContaining('A principal that is not a user may not'),
    });
    expect(policyOf({ ...rule, users: ['*'] }).check(service)).toEqual({
      allowed: true,
    });
  });

  it('joins the rules of one user, cluster by cluster', () => {
    const policy = policyOf(rule, {
      ...rule,
      clusters: ['prod'],
      namespaces: ['odds'],
      clusterScopedKinds: ['/Namespace'],
    });
    expect(
      policy.check({ ...request, cluster: 'prod', namespaces: ['odds'] }),
    ).toEqual({ allowed: true });
    expect(policy.check({ ...request, namespaces: ['odds'] })).toMatchObject({
      allowed: false,
    });
    expect(
      policy.check({ ...request, clusterScopedKinds: ['/Namespace'] }),
    ).toMatchObject({ allowed: false });
  });

  it('allows the kinds that a rule names instead of the default', () => {
    const policy = policyOf({ ...rule, kinds: ['/Secret', ROLE_BINDING] });
    const allows = (...kinds: string[]) =>
      policy.check({ ...request, kinds }).allowed;
    expect(allows('/Secret', ROLE_BINDING, OWN_ROLE_BINDING)).toBe(true);
    expect(allows('apps/Deployment')).toBe(false);
    expect(
      policyOf({ ...rule, kinds: [OWN_ROLE_BINDING] }).check({
        ...request,
        kinds: [ROLE_BINDING],
      }).allowed,
    ).toBe(false);
  });

  it('carries no kind over from the namespace of another rule', () => {
    const policy = policyOf(rule, {
      ...rule,
      namespaces: ['sandbox'],
      kinds: ['*'],
    });
    const secretIn = (...namespaces: string[]) =>
      policy.check({ ...request, namespaces, kinds: ['/Secret'] });
    expect(secretIn('sandbox')).toEqual({ allowed: true });
    expect(secretIn('sandbox', 'betting')).toEqual({
      allowed: false,
      reason: expect.stringContaining("'/Secret' in namespace 'betting'"),
    });
  });

  it('knows whether any rule is about a user and a template', () => {
    const policy = policyOf(rule);
    const { user, templateRef } = request;
    expect(policy.hasRuleFor(user, templateRef)).toBe(true);
    expect(policy.hasRuleFor(user, 'template:default/dry-run')).toBe(false);
    expect(policy.hasRuleFor(undefined, templateRef)).toBe(false);
  });

  it('takes * for any template, cluster, namespace and kind', () => {
    expect(
      policyOf({
        users: ['*'],
        clusters: ['*'],
        namespaces: ['*'],
        kinds: ['*'],
        clusterScopedKinds: ['*'],
      }).check({
        ...request,
        cluster: 'prod',
        namespaces: ['kube-system'],
        kinds: ['/Secret', ROLE_BINDING],
        clusterScopedKinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
      }),
    ).toEqual({ allowed: true });
  });

  it('lists every mistake of the configuration with its key', () => {
    expect(() =>
      policyOf(
        { ...rule, users: ['ada'], clusters: [] },
        {
          ...rule,
          kinds: ['Deployment'],
          clusterScopedKinds: ['Namespace'],
          namspaces: ['x'],
        },
      ),
    ).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(
          /rules\[0\]\.users\[0\]: 'ada' must be '\*' or a whole entity ref.*\n.*rules\[0\]\.clusters: .*\n.*rules\[1\]\.kinds\[0\]: 'Deployment' must be.*\n.*rules\[1\]\.clusterScopedKinds\[0\]: 'Namespace' must be.*\n.*rules\[1\]: .*namspaces/,
        ),
      }),
    );
  });

  it('covers the namespaces that begin as a rule says, and no others', () => {
    const policy = policyOf({ ...rule, namespaces: ['team-*'] });
    const decide = (namespace: string) =>
      policy.check({ ...request, namespaces: [namespace] }).allowed;
    expect(decide('team-a')).toBe(true);
    expect(decide('team')).toBe(false);
    expect(decide('my-team-a')).toBe(false);
  });

  it('takes an asterisk at the end of a namespace only', () => {
    expect(() => policyOf({ ...rule, namespaces: ['a*b'] })).toThrow(
      "must be a name, the beginning of names as in 'team-*', or '*'",
    );
  });

  it('knows the namespaces that a user may use by a template, or by any', () => {
    const policy = policyOf(rule, {
      ...rule,
      templates: ['template:default/other'],
      namespaces: ['team-*', 'betting'],
    });
    const { user, templateRef } = request;
    expect(policy.namespacesFor(user, templateRef, 'dev')).toEqual(['betting']);
    expect(policy.namespacesFor(user, ANY_TEMPLATE, 'dev')).toEqual([
      'betting',
      'team-*',
    ]);
    expect(policy.namespacesFor(user, ANY_TEMPLATE, 'prod')).toEqual([]);
    expect(policy.namespacesFor(undefined, ANY_TEMPLATE, 'dev')).toEqual([]);
  });
});
