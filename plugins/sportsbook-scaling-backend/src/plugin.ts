import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { sportsbookScalingPermissions } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyPolicy,
  ClusterSettings,
  readPrometheusSettings,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { SnapshotAccess } from './access/SnapshotAccess';
import { registerGetScalingStatus } from './actions/registerGetScalingStatus';
import { createChoicesRouter } from './choices/createChoicesRouter';
import { FormChoices } from './choices/FormChoices';
import { clusterClientsServiceRef } from './clusterClientsServiceRef';
import { EntitySnapshots } from './EntitySnapshots';
import { createPrometheusRouter } from './monitoring/createPrometheusRouter';
import { PrometheusServers } from './monitoring/PrometheusServers';
import { createRouter } from './router';
import { ScalingSnapshotService } from './snapshot/ScalingSnapshotService';
import { SharedSnapshots } from './snapshot/SharedSnapshots';
import { readSnapshotSettings } from './SnapshotSettings';

/** Answers what a service's cluster and Prometheus say about its scaling. */
export const sportsbookScalingPlugin = createBackendPlugin({
  pluginId: 'sportsbook-scaling',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        catalog: catalogServiceRef,
        clusters: clusterClientsServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        userInfo: coreServices.userInfo,
      },
      async init({
        actionsRegistry,
        catalog,
        clusters,
        config,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        permissionsRegistry,
        userInfo,
      }) {
        permissionsRegistry.addPermissions(sportsbookScalingPermissions);

        const settings = readSnapshotSettings(config);
        const service = new ScalingSnapshotService({
          access: SnapshotAccess.fromConfig(config),
          clusters,
          prometheusLimits: readPrometheusSettings(config),
          sourceTimeoutSeconds: settings.sourceTimeoutSeconds,
          keepStaleSeconds: settings.keepStaleSeconds,
          logger,
        });
        const shared = new SharedSnapshots({
          take: (subject, options) => service.take(subject, options),
          cacheSeconds: settings.cacheSeconds,
        });
        lifecycle.addShutdownHook(() => shared.close());

        const snapshots = new EntitySnapshots({
          catalog,
          permissions,
          snapshots: shared,
        });
        httpRouter.use(createRouter({ httpAuth, snapshots }));
        httpRouter.use(
          createChoicesRouter({
            httpAuth,
            permissions,
            userInfo,
            choices: new FormChoices({
              clusters,
              policy: ApplyPolicy.fromConfig(config),
              settings: ClusterSettings.fromConfig(config),
            }),
          }),
        );
        httpRouter.use(
          createPrometheusRouter({
            httpAuth,
            permissions,
            userInfo,
            servers: new PrometheusServers({
              clusters,
              policy: ApplyPolicy.fromConfig(config),
              settings: ClusterSettings.fromConfig(config),
              namespaces: readPrometheusSettings(
                config,
              ).allowedNamespaces.filter(name => name !== '*'),
            }),
          }),
        );
        registerGetScalingStatus(actionsRegistry, snapshots);
      },
    });
  },
});
