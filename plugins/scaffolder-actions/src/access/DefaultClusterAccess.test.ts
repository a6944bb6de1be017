import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import {
  ApplyPolicy,
  ClusterSettings,
  KubernetesClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { TaskIdentity } from './ClusterAccess';
import { DefaultClusterAccess } from './DefaultClusterAccess';

type Decision = { result: AuthorizeResult.ALLOW | AuthorizeResult.DENY };

const rule = {
  users: ['group:default/platform'],
  templates: ['template:default/autoscaled'],
  clusters: ['dev', 'personal'],
  namespaces: ['betting'],
};

const identity = (changes: Partial<TaskIdentity> = {}): TaskIdentity => ({
  ...createMockActionContext(),
  getInitiatorCredentials: async () => mockCredentials.user('user:default/ada'),
  templateInfo: { entityRef: 'template:default/autoscaled' },
  ...changes,
});

const tokenUntil = (milliseconds: number) =>
  [{ alg: 'none' }, { exp: Math.floor(milliseconds / 1000) }]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('signature')
    .join('.');

const asService = identity({
  getInitiatorCredentials: async () => mockCredentials.service('plugin:ci'),
});

function setUp(
  options: { decision?: AuthorizeResult; rules?: JsonObject[] } = {},
) {
  const config = new ConfigReader({
    sportsbookScaling: {
      apply: { rules: options.rules ?? [rule] },
      clusters: [
        { name: 'personal', access: 'userToken' },
        { name: 'handed-over', delivery: 'none' },
      ],
    },
  });
  const authorize = jest.fn<Promise<Decision[]>, []>(async () => [
    {
      result:
        options.decision === AuthorizeResult.DENY
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    },
  ]);
  const groups: Record<string, string[]> = {
    'user:default/ada': ['user:default/ada', 'group:default/platform'],
  };
  const getUserInfo = jest.fn(async (credentials: BackstageCredentials) => {
    const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
    return {
      userEntityRef,
      ownershipEntityRefs: groups[userEntityRef] ?? [userEntityRef],
    };
  });
  const audited: string[] = [];
  const opened: [string, { userToken?: string } | undefined][] = [];
  // Only handed through: no call of it is made here.
  const client = { cluster: 'dev' } as KubernetesClient;
  const access = new DefaultClusterAccess({
    auth: mockServices.auth(),
    permissions: mockServices.permissions.mock({ authorize }),
    userInfo: mockServices.userInfo.mock({ getUserInfo }),
    auditor: mockServices.auditor.mock({
      createEvent: async ({ meta }) => {
        audited.push(`asked ${meta?.user} ${meta?.cluster}`);
        return {
          success: async () => {
            audited.push('granted');
          },
          fail: async ({ error }) => {
            audited.push(`refused ${error.name}`);
          },
        };
      },
    }),
    policy: ApplyPolicy.fromConfig(config),
    settings: ClusterSettings.fromConfig(config),
    clients: {
      client: (cluster, clientOptions) => {
        opened.push([cluster, clientOptions]);
        return client;
      },
    },
  });
  const open = (changes: {
    ctx?: TaskIdentity;
    cluster?: string;
    namespaces?: string[];
    kinds?: string[];
    clusterScopedKinds?: string[];
    registers?: boolean;
  }) =>
    access.open({
      ctx: identity(),
      cluster: 'dev',
      namespaces: ['betting'],
      kinds: ['apps/Deployment'],
      clusterScopedKinds: [],
      ...changes,
    });
  return {
    access,
    open,
    opened,
    audited,
    authorize,
    getUserInfo,
    groups,
    client,
  };
}

describe('DefaultClusterAccess', () => {
  it('opens a cluster to a member of an allowed group, asking permission with his own credentials', async () => {
    const { open, opened, audited, authorize, client } = setUp();
    expect(await open({})).toBe(client);
    expect(opened).toEqual([['dev', undefined]]);
    expect(audited).toEqual(['asked user:default/ada dev', 'granted']);
    expect(authorize).toHaveBeenCalledWith(
      [
        {
          permission: expect.objectContaining({
            name: 'sportsbook.scaling.apply',
          }),
        },
      ],
      { credentials: mockCredentials.user('user:default/ada') },
    );
  });

  it('names the permission that is missing', async () => {
    const { open, opened, audited } = setUp({ decision: AuthorizeResult.DENY });
    await expect(open({})).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(
        "user:default/ada does not have the permission 'sportsbook.scaling.apply'",
      ),
    });
    expect(opened).toEqual([]);
    expect(audited).toEqual([
      'asked user:default/ada dev',
      'refused NotAllowedError',
    ]);
  });

  it.each([
    ['another cluster', { cluster: 'prod' }, "clusters 'dev', 'personal'"],
    ['another namespace', { namespaces: ['kube-system'] }, "'kube-system'"],
    ['a kind that no rule names', { kinds: ['/Secret'] }, "'/Secret'"],
    ['a cluster-scoped kind', { clusterScopedKinds: ['/Namespace'] }, 'kind'],
    [
      'another template',
      { ctx: identity({ templateInfo: undefined }) },
      'No rule is about this user and template',
    ],
    [
      'a user outside of the group',
      {
        ctx: identity({
          getInitiatorCredentials: async () =>
            mockCredentials.user('user:default/eve'),
        }),
      },
      'user:default/eve may not',
    ],
    [
      'a principal that is not a user',
      { ctx: asService },
      'A principal that is not a user may not',
    ],
  ])(
    'refuses %s and says what is allowed',
    async (_title, request, message) => {
      const { open, opened } = setUp();
      await expect(open(request)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(message),
      });
      expect(opened).toEqual([]);
    },
  );

  it('knows the groups of this moment, as the permission policy does', async () => {
    const { open, groups } = setUp();
    groups['user:default/ada'] = ['user:default/ada'];
    await expect(open({})).rejects.toThrow('user:default/ada may not');
    groups['user:default/ada'].push('group:default/platform');
    await open({});
  });

  it('knows whether any rule is about a user and a template', async () => {
    const { access } = setUp();
    const hasRule = (template: string) =>
      access.hasRule(identity({ templateInfo: { entityRef: template } }));
    expect(await hasRule('template:default/autoscaled')).toBe(true);
    expect(await hasRule('template:default/dry-run')).toBe(false);
    expect(await access.hasRule(asService)).toBe(false);
  });

  it('judges whoever retried a task, without the groups of its creator', async () => {
    const { open, audited } = setUp();
    const ctx = identity({
      getInitiatorCredentials: async () =>
        mockCredentials.user('user:default/eve'),
    });
    await expect(open({ ctx })).rejects.toThrow('user:default/eve may not');
    expect(audited[0]).toBe('asked user:default/eve dev');
  });

  it('goes on with a sign-in that expired after it was granted, and with no other', async () => {
    const { open, opened, authorize, getUserInfo } = setUp();
    const expired = Object.assign(new Error('token expired'), {
      name: 'AuthenticationError',
    });
    authorize.mockRejectedValueOnce(expired);
    await expect(open({})).rejects.toMatchObject({
      name: 'AuthenticationError',
      message: expect.stringContaining('Sign in again and retry the task'),
    });
    getUserInfo.mockRejectedValueOnce(expired);
    await expect(open({})).rejects.toThrow(
      'The sign-in of user:default/ada that this task was started with has expired',
    );
    await open({});
    authorize.mockRejectedValueOnce(expired);
    getUserInfo.mockRejectedValueOnce(expired);
    await open({});
    expect(opened).toHaveLength(2);

    authorize.mockRejectedValueOnce(new Error('permission backend is down'));
    await expect(open({})).rejects.toThrow('permission backend is down');
  });

  it('lets a service in where a rule is for everybody', async () => {
    const { open, opened } = setUp({ rules: [{ ...rule, users: ['*'] }] });
    await open({ ctx: asService });
    expect(opened).toEqual([['dev', undefined]]);
  });

  it("hands on the user's own token to a cluster that is set so, and refuses without one", async () => {
    const { open, opened } = setUp();
    await open({
      cluster: 'personal',
      ctx: identity({ secrets: { KUBERNETES_TOKEN: 'of-ada' } }),
    });
    expect(opened).toEqual([['personal', { userToken: 'of-ada' }]]);
    await expect(open({ cluster: 'personal' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('no secret KUBERNETES_TOKEN'),
    });
    expect(opened).toHaveLength(1);
  });

  it.each([
    ['an opaque token', 'opaque'],
    ['a token that is no JSON', 'a.b.c'],
    ['a token of the next hour', tokenUntil(Date.now() + 3_600_000)],
  ])('leaves it to the cluster to judge %s', async (_, token) => {
    const { open, opened } = setUp();
    await open({
      cluster: 'personal',
      ctx: identity({ secrets: { KUBERNETES_TOKEN: token } }),
    });
    expect(opened).toEqual([['personal', { userToken: token }]]);
  });

  it('asks no cluster with a token that has expired by its own word', async () => {
    const { open, opened, audited } = setUp();
    const token = tokenUntil(Date.now() - 1000);
    const opening = open({
      cluster: 'personal',
      ctx: identity({ secrets: { KUBERNETES_TOKEN: token } }),
    });
    await expect(opening).rejects.toMatchObject({
      name: 'UserTokenRejectedError',
      message: expect.stringMatching(
        /for cluster 'personal'.*expired at .*Sign in to the cluster again/,
      ),
    });
    await expect(opening).rejects.not.toThrow(token);
    expect(opened).toEqual([]);
    expect(audited).toContain('refused UserTokenRejectedError');
  });
});
