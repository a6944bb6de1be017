import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';

/** The credentials of a signed-in user, with no token behind them. */
export const userCredentials = (
  userEntityRef = 'user:default/mock',
): BackstageCredentials<BackstageUserPrincipal> => ({
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef },
});
