import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  ApplyPolicy,
  BackstageClusterClients,
  ClusterSettings,
  openPrometheus,
  readPrometheusSettings,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { DefaultClusterAccess } from './access/DefaultClusterAccess';
import { createFetchHandlebarsAction } from './actions/fetchHandlebars';
import { createKubernetesApplyAction } from './actions/kubernetesApply';
import { createKubernetesDeleteAction } from './actions/kubernetesDelete';
import { createKubernetesWaitAction } from './actions/kubernetesWait';
import { createPublishImageAction } from './actions/publishImage';
import { createScalingVerifyAction } from './actions/scalingVerify';
import { readImageSettings } from './image/imageSettings';
import { autoscaledServiceIn } from './skeletons/autoscaledService';
import { configuredSkeletonDirectory } from './skeletons/configuredSkeletonDirectory';

/**
 * Adds `fetch:handlebars`, `publish:image`, `kubernetes:apply`,
 * `kubernetes:wait`, `kubernetes:delete` and `scaling:verify` to the scaffolder.
 */
export const scaffolderModuleSportsbookScaling = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'sportsbook-scaling',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        auth: coreServices.auth,
        permissions: coreServices.permissions,
        userInfo: coreServices.userInfo,
        reader: coreServices.urlReader,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        auditor: coreServices.auditor,
      },
      async init(deps) {
        const { scaffolder, config, discovery, auth, permissions } = deps;
        const { reader, lifecycle, logger, auditor } = deps;
        const settings = ClusterSettings.fromConfig(config);
        const prometheus = readPrometheusSettings(config);
        const directory = configuredSkeletonDirectory(config);
        const access = new DefaultClusterAccess({
          auth,
          permissions,
          userInfo: deps.userInfo,
          auditor,
          policy: ApplyPolicy.fromConfig(config),
          settings,
          clients: new BackstageClusterClients({
            discovery,
            auth,
            lifecycle,
            logger,
          }),
        });
        const shutdown = new AbortController();
        lifecycle.addShutdownHook(() =>
          shutdown.abort(new Error('Backstage is stopping')),
        );

        scaffolder.addActions(
          createFetchHandlebarsAction({
            skeletons: [autoscaledServiceIn(() => directory)],
            urlReader: reader,
          }),
          createPublishImageAction({
            settings: readImageSettings(config),
            clusterAccess: access,
            shutdownSignal: shutdown.signal,
            environment: process.env,
          }),
          createKubernetesApplyAction({ access, reader, prometheus }),
          createKubernetesWaitAction({ access }),
          createKubernetesDeleteAction({ access, reader }),
          createScalingVerifyAction({
            access,
            openPrometheus: options =>
              openPrometheus({ ...options, ...prometheus }),
            nodeAddressOf: cluster => settings.for(cluster).nodeAddress,
          }),
        );
      },
    });
  },
});
