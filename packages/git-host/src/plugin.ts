import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { createGitHost } from './createGitHost';
import { readGitHostConfig } from './readGitHostConfig';

/**
 * Runs the git host inside a Backstage backend, on a loopback port of its
 * own, for as long as the backend runs. Without `gitHost` in the
 * configuration it does nothing.
 *
 * @public
 */
export const gitHostPlugin = createBackendPlugin({
  pluginId: 'git-host',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ config, lifecycle, logger }) {
        const options = readGitHostConfig(config);
        if (options) {
          const gitHost = await createGitHost({ ...options, logger });
          lifecycle.addShutdownHook(() => gitHost.close());
        }
      },
    });
  },
});
