import { UserInfoService } from '@backstage/backend-plugin-api';
import {
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  sportsbookScalingApplyPermission,
  sportsbookScalingReadPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { EntityRefList } from './EntityRefList';
import { PolicySettings } from './PolicySettings';

/** Literal of the scaffolder's permission; its package exports it as alpha only. */
const TEMPLATE_DRY_RUN = 'scaffolder.template.dry-run';

type Decide = (ownershipEntityRefs: string[]) => PolicyDecision;

/**
 * Decides what a user may do.
 *
 * @remarks
 * Backstage asks a policy about users only; services are always allowed. So
 * the actions reach a cluster as services, after their own check, while users
 * are kept off the proxy that knows no limits. A permission that is not named
 * here is allowed to everyone who is signed in.
 */
export class SportsbookScalingPolicy implements PermissionPolicy {
  readonly #userInfo: UserInfoService;
  readonly #decisions: ReadonlyMap<string, Decide>;

  constructor(options: {
    settings: PolicySettings;
    userInfo: UserInfoService;
  }) {
    this.#userInfo = options.userInfo;
    this.#decisions = decisionsBy(options.settings);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const decide = this.#decisions.get(request.permission.name);
    if (!decide) {
      return { result: AuthorizeResult.ALLOW };
    }
    const { ownershipEntityRefs, userEntityRef } =
      await this.#userInfo.getUserInfo(user.credentials);
    return decide([...new Set([userEntityRef, ...ownershipEntityRefs])]);
  }
}

function decisionsBy(settings: PolicySettings): ReadonlyMap<string, Decide> {
  const listedIn =
    (list: EntityRefList): Decide =>
    refs =>
      allowIf(list.includesAny(refs));
  return new Map<string, Decide>([
    [kubernetesProxyPermission.name, listedIn(settings.kubernetesProxy)],
    [
      kubernetesResourcesReadPermission.name,
      listedIn(settings.kubernetesResources),
    ],
    [TEMPLATE_DRY_RUN, listedIn(settings.templateAuthors)],
    [sportsbookScalingApplyPermission.name, listedIn(settings.applyUsers)],
    [
      sportsbookScalingReadPermission.name,
      refs =>
        settings.read === 'everyone' || settings.readers.includesAny(refs)
          ? allowIf(true)
          : ifOwnedByAny(refs),
    ],
  ]);
}

function allowIf(allowed: boolean): PolicyDecision {
  return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
}

/**
 * The catalog's rule by its name: the factory that would make this condition
 * lives in the catalog's backend, which a policy should not load.
 */
function ifOwnedByAny(claims: string[]): PolicyDecision {
  const { pluginId, resourceType } = catalogEntityPermissionResourceRef;
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId,
    resourceType,
    conditions: { resourceType, rule: 'IS_ENTITY_OWNER', params: { claims } },
  };
}
