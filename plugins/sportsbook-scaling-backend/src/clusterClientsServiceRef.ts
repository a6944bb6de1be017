import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { BackstageClusterClients } from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterClients } from './ClusterClients';
import { readSnapshotSettings } from './SnapshotSettings';

/**
 * The way to the clusters. By default through Backstage's Kubernetes proxy as
 * our own service principal, so that every locator and credential works that
 * Backstage has; another factory brings another way.
 */
export const clusterClientsServiceRef = createServiceRef<ClusterClients>({
  id: 'sportsbook-scaling.cluster-clients',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      factory({ auth, config, discovery, lifecycle, logger }) {
        const { sourceTimeoutSeconds } = readSnapshotSettings(config);
        const clients = new BackstageClusterClients({
          auth,
          discovery,
          lifecycle,
          logger,
          // The next look is the retry: it comes within seconds.
          retry: {
            attemptTimeoutSeconds: sourceTimeoutSeconds,
            budgetSeconds: 0,
          },
        });
        return {
          forCluster: (name, options) => clients.client(name, options),
          names: options => clients.clusterNames(options),
        };
      },
    }),
});
