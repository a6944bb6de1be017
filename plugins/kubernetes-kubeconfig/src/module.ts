import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  kubernetesAuthStrategyExtensionPoint,
  kubernetesClusterSupplierExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { AUTH_PROVIDER } from './clusterDetails';
import { defaultAuthStrategies } from './defaultAuthStrategies';
import { KubeconfigAuthStrategy } from './KubeconfigAuthStrategy';
import { KubeconfigClusterSupplier } from './KubeconfigClusterSupplier';
import { KubeconfigFiles } from './KubeconfigFiles';
import { readKubeconfigSettings } from './KubeconfigSettings';

/**
 * Makes contexts of a kubeconfig clusters of Backstage's kubernetes plugin,
 * with client certificates, tokens and exec plugins. Does nothing while no
 * context is named.
 */
export const kubernetesModuleKubeconfig = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'kubeconfig',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        clusterSupplier: kubernetesClusterSupplierExtensionPoint,
        authStrategy: kubernetesAuthStrategyExtensionPoint,
      },
      async init({ config, logger, clusterSupplier, authStrategy }) {
        const { paths, contexts } = readKubeconfigSettings(config);
        if (contexts.length === 0) {
          return;
        }
        if (!config.has('kubernetes')) {
          throw new InputError(
            "'kubernetesKubeconfig.contexts' names clusters, but the kubernetes plugin serves nothing without a 'kubernetes' section. Add one, with a serviceLocatorMethod of type multiTenant.",
          );
        }
        const files = new KubeconfigFiles(paths);
        const strategies = defaultAuthStrategies({ config, logger });
        strategies.set(
          AUTH_PROVIDER,
          new KubeconfigAuthStrategy({ files, contexts }),
        );
        for (const [key, strategy] of strategies) {
          authStrategy.addAuthStrategy(key, strategy);
        }
        clusterSupplier.addClusterSupplier(async ({ getDefault }) => {
          const supplier = new KubeconfigClusterSupplier({
            files,
            contexts,
            others: config.has('kubernetes.clusterLocatorMethods')
              ? await getDefault()
              : undefined,
          });
          // A name that is not there should stop the start, not the first call.
          await supplier.contextClusters();
          logger.info(
            `Clusters from the kubeconfig ${paths.join(', ')}: ${contexts.join(
              ', ',
            )}`,
          );
          return supplier;
        });
      },
    });
  },
});
