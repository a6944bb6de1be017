import {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import {
  kubernetesClustersReadPermission,
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  createPermission,
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  sportsbookScalingApplyPermission,
  sportsbookScalingReadPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { readPolicySettings } from './PolicySettings';
import { SportsbookScalingPolicy } from './SportsbookScalingPolicy';

const templateDryRunPermission = createPermission({
  name: 'scaffolder.template.dry-run',
  attributes: {},
});

const GROUPS: Record<string, string[]> = {
  'user:default/ada': ['group:default/platform'],
  'user:default/bob': ['group:default/odds'],
};

const credentialsOf = (
  userEntityRef: string,
): BackstageCredentials<BackstageUserPrincipal> => ({
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef },
});

function decide(
  permission: Permission,
  options: {
    as: string | undefined;
    permissions?: object;
    apply?: object;
  },
) {
  const userInfo: UserInfoService = {
    getUserInfo: async credentials => {
      const { userEntityRef } = (
        credentials as BackstageCredentials<BackstageUserPrincipal>
      ).principal;
      return {
        userEntityRef,
        ownershipEntityRefs: [userEntityRef, ...(GROUPS[userEntityRef] ?? [])],
      };
    },
  };
  const { permissions = {}, apply = {} } = options;
  const policy = new SportsbookScalingPolicy({
    settings: readPolicySettings(
      new ConfigReader({ sportsbookScaling: { permissions, apply } }),
    ),
    userInfo,
  });
  return policy.handle(
    { permission },
    options.as === undefined
      ? undefined
      : {
          credentials: credentialsOf(options.as),
          // Deprecated and not read: the policy asks the service instead.
          info: {
            userEntityRef: 'user:default/nobody',
            ownershipEntityRefs: [],
          },
        },
  );
}

const ALLOW = { result: AuthorizeResult.ALLOW };
const DENY = { result: AuthorizeResult.DENY };
const ada = 'user:default/ada';
const bob = 'user:default/bob';

describe('calling the Kubernetes proxy', () => {
  const permission = kubernetesProxyPermission;

  it('is denied to every user when nothing is configured', async () => {
    expect(await decide(permission, { as: ada })).toEqual(DENY);
  });

  it('is denied to a user who may apply', async () => {
    expect(
      await decide(permission, {
        as: ada,
        apply: { rules: [{ users: [ada] }] },
      }),
    ).toEqual(DENY);
  });

  it('is allowed to the users and groups that are listed, and to no other', async () => {
    const permissions = { kubernetesProxy: ['group:default/platform'] };
    expect(await decide(permission, { as: ada, permissions })).toEqual(ALLOW);
    expect(await decide(permission, { as: bob, permissions })).toEqual(DENY);
  });
});

describe('applying through our actions', () => {
  const permission = sportsbookScalingApplyPermission;

  it('is denied when no rule exists', async () => {
    expect(await decide(permission, { as: ada })).toEqual(DENY);
  });

  it('is allowed to a user whom any rule names, himself or by a group', async () => {
    const apply = {
      rules: [
        { users: ['user:default/carol'], clusters: ['dev'] },
        { users: ['user:default/bob', 'group:default/platform'] },
      ],
    };
    expect(await decide(permission, { as: ada, apply })).toEqual(ALLOW);
    expect(await decide(permission, { as: bob, apply })).toEqual(ALLOW);
    expect(await decide(permission, { as: 'user:default/dan', apply })).toEqual(
      DENY,
    );
  });

  it('is allowed to everyone where a rule says so', async () => {
    expect(
      await decide(permission, {
        as: bob,
        apply: { rules: [{ users: ['*'] }] },
      }),
    ).toEqual(ALLOW);
  });
});

describe('seeing the scaling of an entity', () => {
  const permission = sportsbookScalingReadPermission;

  it('is allowed to everyone who is signed in by default', async () => {
    expect(await decide(permission, { as: bob })).toEqual(ALLOW);
  });

  it('depends on ownership through any of the user’s refs with owners', async () => {
    expect(
      await decide(permission, { as: bob, permissions: { read: 'owners' } }),
    ).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: {
        resourceType: 'catalog-entity',
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['user:default/bob', 'group:default/odds'] },
      },
    });
  });

  it('needs no ownership from a listed reader', async () => {
    const permissions = {
      read: 'owners',
      readers: ['Group:Default/Platform'],
    };
    expect(await decide(permission, { as: ada, permissions })).toEqual(ALLOW);
    expect(await decide(permission, { as: bob, permissions })).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
    });
  });
});

describe('reading objects through the Kubernetes plugin', () => {
  const permission = kubernetesResourcesReadPermission;

  it('is denied to all when nobody is listed', async () => {
    expect(await decide(permission, { as: ada })).toEqual(DENY);
  });

  it('is left to those who are listed', async () => {
    const permissions = { kubernetesResources: ['group:default/platform'] };
    expect(await decide(permission, { as: ada, permissions })).toEqual(ALLOW);
    expect(await decide(permission, { as: bob, permissions })).toEqual(DENY);
  });

  it('is everyone’s with an asterisk', async () => {
    const permissions = { kubernetesResources: ['*'] };
    expect(await decide(permission, { as: bob, permissions })).toEqual(ALLOW);
  });
});

describe('dry-running a template', () => {
  const permission = templateDryRunPermission;

  it('is denied when no template author is listed', async () => {
    expect(await decide(permission, { as: ada })).toEqual(DENY);
  });

  it('is allowed to template authors', async () => {
    const permissions = { templateAuthors: [ada] };
    expect(await decide(permission, { as: ada, permissions })).toEqual(ALLOW);
    expect(await decide(permission, { as: bob, permissions })).toEqual(DENY);
  });
});

describe('every other permission', () => {
  it('is allowed to everyone who is signed in', async () => {
    expect(await decide(kubernetesClustersReadPermission, { as: bob })).toEqual(
      ALLOW,
    );
  });
});

describe('somebody who is not signed in', () => {
  it.each([
    kubernetesClustersReadPermission,
    kubernetesProxyPermission,
    sportsbookScalingReadPermission,
    sportsbookScalingApplyPermission,
  ])('is denied $name, lists of everyone included', async permission => {
    expect(
      await decide(permission, {
        as: undefined,
        permissions: { kubernetesProxy: ['*'] },
        apply: { rules: [{ users: ['*'] }] },
      }),
    ).toEqual(DENY);
  });
});

describe('a setting that cannot be used', () => {
  const read = (sportsbookScaling: object) => () =>
    readPolicySettings(new ConfigReader({ sportsbookScaling }));

  it.each(['platform', 'component:default/odds-api'])(
    'is refused when a list holds %s',
    ref => {
      expect(read({ permissions: { kubernetesProxy: [ref] } })).toThrow(
        `'sportsbookScaling.permissions.kubernetesProxy' lists '${ref}', which is not the ref of a user or group`,
      );
    },
  );

  it('is refused when it names another way of reading', () => {
    expect(read({ permissions: { read: 'nobody' } })).toThrow(
      `'sportsbookScaling.permissions.read' is 'nobody'; it can be everyone or owners`,
    );
  });

  it('is refused when readers are listed beside everyone', () => {
    expect(read({ permissions: { readers: [ada] } })).toThrow(
      `'sportsbookScaling.permissions.readers' excludes nobody`,
    );
  });

  it('is refused when an apply rule lists something else than people', () => {
    expect(read({ apply: { rules: [{ users: ['ada'] }] } })).toThrow(
      `'sportsbookScaling.apply.rules[].users' lists 'ada'`,
    );
  });
});
