import {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { sportsbookScalingApplyPermission } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyUser } from '@sportsbook/plugin-sportsbook-scaling-node';

/** Somebody who fills in a form. */
export interface ChoiceUser {
  identity: ApplyUser;
  /** Whether the permission policy lets him apply at all. */
  mayApply: boolean;
}

/** Asks, with the user's own credentials, who he is and what he may. */
export async function readChoiceUser(options: {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  permissions: PermissionsService;
  userInfo: UserInfoService;
}): Promise<ChoiceUser> {
  const { credentials, permissions, userInfo } = options;
  const [[decision], { ownershipEntityRefs }] = await Promise.all([
    permissions.authorize([{ permission: sportsbookScalingApplyPermission }], {
      credentials,
    }),
    userInfo.getUserInfo(credentials),
  ]);
  return {
    identity: {
      ref: credentials.principal.userEntityRef,
      memberOf: ownershipEntityRefs,
    },
    mayApply: decision.result === AuthorizeResult.ALLOW,
  };
}
