import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readPolicySettings } from './PolicySettings';
import { SportsbookScalingPolicy } from './SportsbookScalingPolicy';

/** Sets {@link SportsbookScalingPolicy} as the backend's one permission policy. */
export const permissionModuleSportsbookScaling = createBackendModule({
  pluginId: 'permission',
  moduleId: 'sportsbook-scaling',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ config, policy, userInfo }) {
        policy.setPolicy(
          new SportsbookScalingPolicy({
            settings: readPolicySettings(config),
            userInfo,
          }),
        );
      },
    });
  },
});
