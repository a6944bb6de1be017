import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { UserInfo } from '../../model/UserInfo';
import type { VirtualResource } from '../../ports/VirtualResource';
import { newSigningKey } from '../__testUtils__/newSigningKey';
import {
  openTestObjects,
  roleRef,
  subject,
  user,
  type TestObjects,
} from '../__testUtils__/openTestObjects';
import { createAuthorizer, type RbacAuthorizer } from '../rbac';
import {
  createServiceAccountTokens,
  type ServiceAccountTokens,
} from '../tokens';
import { createReviews } from './createReviews';

const JANE = user('jane');
const GET_PODS = { verb: 'get', resource: 'pods', namespace: 'betting' };
const BOUND =
  'RBAC: allowed by RoleBinding "readers/betting" of Role "reader" to User "jane"';

describe('createReviews', () => {
  let test: TestObjects;
  let authorizer: RbacAuthorizer;
  let tokens: ServiceAccountTokens;
  let reviews: VirtualResource[];

  beforeEach(async () => {
    test = await openTestObjects();
    authorizer = createAuthorizer(test.objects);
    tokens = await createServiceAccountTokens({
      objects: test.objects,
      signingKey: newSigningKey(),
      clock: test.clock,
    });
    reviews = createReviews({ authorizer, tokens, clock: test.clock });
    test.create('Role', {
      metadata: { name: 'reader', namespace: 'betting' },
      rules: [
        { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get'] },
      ],
    });
    test.create('RoleBinding', {
      metadata: { name: 'readers', namespace: 'betting' },
      roleRef: roleRef('Role', 'reader'),
      subjects: [subject('User', 'jane')],
    });
  });

  afterEach(() => {
    authorizer.close();
    test.close();
  });

  async function review(
    kind: string,
    parts: Record<string, unknown>,
    context: { user: UserInfo; namespace?: string } = { user: JANE },
  ): Promise<KubernetesObject> {
    const resource = reviews.find(({ type }) => type.kind === kind);
    if (resource === undefined) {
      throw new Error(`There is no ${kind}`);
    }
    const { group } = resource.type;
    return resource.create(
      {
        apiVersion: `${group}/v1`,
        kind,
        metadata: {},
        ...parts,
      } as unknown as KubernetesObject,
      context,
    );
  }

  it('are the kinds of both groups, which can only be created', () => {
    expect(
      reviews.map(({ type }) => [
        `${type.plural}.${type.group}`,
        type.namespaced,
        type.verbs,
      ]),
    ).toEqual([
      ['selfsubjectaccessreviews.authorization.k8s.io', false, ['create']],
      ['subjectaccessreviews.authorization.k8s.io', false, ['create']],
      ['localsubjectaccessreviews.authorization.k8s.io', true, ['create']],
      ['selfsubjectrulesreviews.authorization.k8s.io', false, ['create']],
      ['tokenreviews.authentication.k8s.io', false, ['create']],
      ['selfsubjectreviews.authentication.k8s.io', false, ['create']],
    ]);
  });

  describe('access reviews', () => {
    it('answer for oneself, for another, and for another in a namespace', async () => {
      const resourceAttributes = GET_PODS;

      expect(
        (
          await review('SelfSubjectAccessReview', {
            spec: { resourceAttributes },
          })
        ).status,
      ).toEqual({ allowed: true, reason: BOUND });
      expect(
        (
          await review(
            'SubjectAccessReview',
            { spec: { resourceAttributes, user: 'jane' } },
            { user: user('ann') },
          )
        ).status,
      ).toEqual({ allowed: true, reason: BOUND });
      expect(
        (
          await review(
            'LocalSubjectAccessReview',
            { spec: { resourceAttributes, user: 'joe', groups: ['g'] } },
            { user: JANE, namespace: 'betting' },
          )
        ).status,
      ).toEqual({ allowed: false });
    });

    it('judge subresources and paths', async () => {
      const allowed = async (spec: Record<string, unknown>) =>
        (await review('SelfSubjectAccessReview', { spec })).status;

      expect(
        await allowed({
          resourceAttributes: { ...GET_PODS, subresource: 'log', name: 'x' },
        }),
      ).toMatchObject({ allowed: true });
      expect(
        await allowed({
          resourceAttributes: { ...GET_PODS, subresource: 'exec' },
        }),
      ).toEqual({ allowed: false });
      expect(
        await allowed({
          nonResourceAttributes: { verb: 'get', path: '/metrics' },
        }),
      ).toEqual({ allowed: false });
    });

    it.each<[string, Record<string, unknown>, string, unknown]>([
      [
        'SubjectAccessReview',
        { spec: { user: 'jane' } },
        'spec.resourceAttributes',
        'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ],
      [
        'SubjectAccessReview',
        { spec: { resourceAttributes: { verb: 'get' } } },
        'spec.user',
        'Invalid value: "": at least one of user or group must be specified',
      ],
      [
        'SubjectAccessReview',
        {
          spec: {
            user: 'j',
            resourceAttributes: { verb: 'get' },
            nonResourceAttributes: { verb: 'get', path: '/version' },
          },
        },
        'spec.nonResourceAttributes',
        'Invalid value: {"Path":"/version","Verb":"get"}: cannot be specified in combination with resourceAttributes',
      ],
      [
        'SelfSubjectAccessReview',
        {
          metadata: { name: 'x', labels: { a: 'b' } },
          spec: { resourceAttributes: { verb: 'get' } },
        },
        'metadata',
        'Invalid value: {"name":"x","labels":{"a":"b"}}: must be empty',
      ],
      [
        'LocalSubjectAccessReview',
        {
          spec: {
            user: 'jane',
            resourceAttributes: { ...GET_PODS, namespace: 'default' },
          },
        },
        'spec.resourceAttributes.namespace',
        'Invalid value: "default": must match metadata.namespace',
      ],
      [
        'LocalSubjectAccessReview',
        {
          spec: {
            user: 'jane',
            nonResourceAttributes: { verb: 'get', path: '/' },
          },
        },
        'spec.nonResourceAttributes',
        'Invalid value: {"Path":"/","Verb":"get"}: disallowed on this kind of request',
      ],
    ])('refuse a %s with %j', async (kind, parts, field, message) => {
      const refused = await review(kind, parts, {
        user: JANE,
        namespace: 'betting',
      }).then(
        () => undefined,
        error => error.toStatus(),
      );

      expect(refused).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `.authorization.k8s.io "" is invalid: ${field}: ${message}`,
        reason: 'Invalid',
        details: {
          group: 'authorization.k8s.io',
          causes: [{ reason: 'FieldValueInvalid', message, field }],
        },
        code: 422,
      });
    });
  });

  it('list the rules that hold in a namespace', async () => {
    const { spec, status } = await review('SelfSubjectRulesReview', {
      spec: { namespace: 'betting' },
    });

    expect(spec).toEqual({});
    expect(status).toMatchObject({
      resourceRules: expect.arrayContaining([
        { verbs: ['get'], apiGroups: [''], resources: ['pods', 'pods/log'] },
      ]),
      incomplete: false,
    });
    await expect(
      review('SelfSubjectRulesReview', { spec: {} }),
    ).rejects.toMatchObject({ code: 400, message: 'no namespace on request' });
  });

  it('tell whose a token is, and why it does not count', async () => {
    test.create('ServiceAccount', {
      metadata: { name: 'bob', namespace: 'betting' },
    });
    const { token } = await tokens.issue({
      namespace: 'betting',
      serviceAccount: 'bob',
    });
    const statusOf = async (spec: Record<string, unknown>) =>
      (await review('TokenReview', { spec })).status;

    expect(await statusOf({ token })).toMatchObject({
      authenticated: true,
      user: { username: 'system:serviceaccount:betting:bob' },
      audiences: ['https://kubernetes.default.svc'],
    });
    expect(await statusOf({ token, audiences: ['foo'] })).toEqual({
      user: {},
      error:
        '[invalid bearer token, token audiences ["https://kubernetes.default.svc"] is invalid for the target audiences ["foo"]]',
    });
    expect(await statusOf({ token: 'abc' })).toEqual({
      user: {},
      error: 'invalid bearer token',
    });
    await expect(review('TokenReview', { spec: {} })).rejects.toMatchObject({
      code: 400,
      message: 'token is required for TokenReview in authentication',
    });
  });

  it('tell somebody who they are', async () => {
    expect(
      await review(
        'SelfSubjectReview',
        {},
        { user: { ...JANE, uid: '4', extra: { scopes: ['a'] } } },
      ),
    ).toEqual({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'SelfSubjectReview',
      metadata: { creationTimestamp: '2026-11-24T10:00:00Z' },
      status: {
        userInfo: {
          username: 'jane',
          uid: '4',
          groups: ['system:authenticated'],
          extra: { scopes: ['a'] },
        },
      },
    });
  });
});
