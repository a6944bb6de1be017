import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  ApplyPolicy,
  assertDirectDelivery,
  BackstageClusterClients,
  ClusterSettings,
  openPrometheus,
  readPlatformSettings,
  readPrometheusSettings,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { DefaultClusterAccess } from './access/DefaultClusterAccess';
import { newNamespaceOf } from './access/newNamespaceOf';
import { createCatalogUnregisterAction } from './actions/catalogUnregister';
import { createDeliveryDescribeAction } from './actions/deliveryDescribe';
import { createDeliveryInstructionsAction } from './actions/deliveryInstructions';
import { createFetchHandlebarsAction } from './actions/fetchHandlebars';
import { createGitCheckAction } from './actions/gitCheck';
import { createGitopsRegisterAction } from './actions/gitopsRegister';
import { createGitopsUnregisterAction } from './actions/gitopsUnregister';
import { createGitopsWaitAction } from './actions/gitopsWait';
import { createImageDeleteAction } from './actions/imageDelete';
import { createKubernetesApplyAction } from './actions/kubernetesApply';
import { createKubernetesDeleteAction } from './actions/kubernetesDelete';
import { createKubernetesWaitAction } from './actions/kubernetesWait';
import { createPlatformInspectAction } from './actions/platformInspect';
import { createPlatformInstallAction } from './actions/platformInstall';
import { createPlatformRemoveAction } from './actions/platformRemove';
import { createPublishImageAction } from './actions/publishImage';
import { createRepositoryArchiveAction } from './actions/repositoryArchive';
import { createScalingVerifyAction } from './actions/scalingVerify';
import { createServiceDescribeAction } from './actions/serviceDescribe';
import { ImageBuilds } from './image/ImageBuilds';
import { readImageSettings } from './image/imageSettings';
import { autoscaledServiceIn } from './skeletons/autoscaledService';
import { configuredSkeletonDirectory } from './skeletons/configuredSkeletonDirectory';

/**
 * Adds to the scaffolder what makes a service, and what takes it away again.
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
        catalog: catalogServiceRef,
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
        const integrations = ScmIntegrations.fromConfig(config);
        const image = readImageSettings(config);
        const deliveryOf = (cluster: string) => settings.for(cluster).delivery;
        const shutdown = new AbortController();
        lifecycle.addShutdownHook(() =>
          shutdown.abort(new Error('Backstage is stopping')),
        );

        const builds =
          image &&
          (await ImageBuilds.open({
            settings: image,
            environment: process.env,
            logger,
          }));
        lifecycle.addShutdownHook(async () => builds?.close());
        const skeleton = autoscaledServiceIn(() => directory, {
          prometheusServersOf: cluster => settings.for(cluster).prometheus,
          pullSecretName: image?.pullSecretName,
        });
        if (image?.cache.installAhead) {
          lifecycle.addStartupHook(() => {
            builds?.installAhead({ skeleton, signal: shutdown.signal });
          });
        }

        scaffolder.addActions(
          createFetchHandlebarsAction({
            skeletons: [skeleton],
            urlReader: reader,
          }),
          createGitCheckAction({ integrations }),
          createPublishImageAction({
            builds,
            clusterAccess: access,
            shutdownSignal: shutdown.signal,
            environment: process.env,
          }),
          createKubernetesApplyAction({
            access,
            reader,
            prometheus,
            newNamespaceOf: (cluster, namespace) =>
              newNamespaceOf(settings, cluster, namespace),
            deliveryOf,
          }),
          createKubernetesWaitAction({
            access,
            prometheusServersOf: cluster => settings.for(cluster).prometheus,
          }),
          createPlatformInspectAction({ access }),
          createPlatformInstallAction({
            access,
            reader,
            settings: readPlatformSettings(config),
            assertDirectDelivery: cluster =>
              assertDirectDelivery({
                cluster,
                delivery: deliveryOf(cluster),
                what: 'platform:install',
              }),
          }),
          createPlatformRemoveAction({
            access,
            assertDirectDelivery: cluster =>
              assertDirectDelivery({
                cluster,
                delivery: deliveryOf(cluster),
                what: 'platform:remove',
              }),
          }),
          createKubernetesDeleteAction({ access, reader, deliveryOf }),
          createServiceDescribeAction({
            catalog: deps.catalog,
            userInfo: deps.userInfo,
            integrations,
          }),
          createImageDeleteAction({ settings: image }),
          createCatalogUnregisterAction({ catalog: deps.catalog }),
          createRepositoryArchiveAction({
            integrations,
            githubCredentials:
              DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          }),
          createDeliveryDescribeAction({ deliveryOf }),
          createDeliveryInstructionsAction({ reader }),
          createGitopsRegisterAction({
            access,
            deliveryOf,
            integrations,
            config,
          }),
          createGitopsUnregisterAction({
            access,
            deliveryOf,
            integrations,
            config,
          }),
          createGitopsWaitAction({ access, deliveryOf }),
          createScalingVerifyAction({
            access,
            openPrometheus: options =>
              openPrometheus({ ...options, ...prometheus }),
            nodeAddressOf: cluster => settings.for(cluster).nodeAddress,
            prometheusServersOf: cluster => settings.for(cluster).prometheus,
          }),
        );
      },
    });
  },
});
