import { AddressInfo } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  AuthService,
  BackendFeature,
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  DiscoveryService,
  LifecycleService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { JsonObject } from '@backstage/types';

export interface KubernetesBackend {
  backend: ReturnType<typeof createBackend>;
  /** Services of a plugin beside the kubernetes one. */
  discovery: DiscoveryService;
  auth: AuthService;
  lifecycle: LifecycleService;
  baseUrl: string;
}

/**
 * The real kubernetes plugin behind the real root router. `startTestBackend`
 * has a router of its own, which does not compress, and that decides here.
 */
export async function startKubernetesBackend(options: {
  clusters: {
    name: string;
    url: string;
    /** Base64 of the PEM, for HTTPS. */
    caData?: string;
    /** Default: one that nobody checks. */
    serviceAccountToken?: string;
  }[];
  /** False: no `kubernetes` section at all. */
  configured?: boolean;
  features?: BackendFeature[];
}): Promise<KubernetesBackend> {
  const { clusters, configured = true, features = [] } = options;
  let port = 0;
  let services:
    | Pick<KubernetesBackend, 'discovery' | 'auth' | 'lifecycle'>
    | undefined;
  const neighbour = createBackendPlugin({
    pluginId: 'neighbour',
    register(env) {
      env.registerInit({
        deps: {
          discovery: coreServices.discovery,
          auth: coreServices.auth,
          lifecycle: coreServices.lifecycle,
        },
        async init(deps) {
          services = deps;
        },
      });
    },
  });
  const kubernetes: JsonObject = {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: clusters.map(cluster => ({
          authProvider: 'serviceAccount',
          serviceAccountToken: 'token-of-the-cluster',
          ...cluster,
        })),
      },
    ],
  };
  const backend = createBackend();
  backend.add(kubernetesPlugin);
  backend.add(neighbour);
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: 'http://127.0.0.1',
          listen: { host: '127.0.0.1', port: 0 },
        },
        ...(configured ? { kubernetes } : {}),
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory());
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(mockServices.database.factory());
  backend.add(
    rootHttpRouterServiceFactory({
      configure({ applyDefaults, server }) {
        applyDefaults();
        server.on('listening', () => {
          ({ port } = server.address() as AddressInfo);
        });
      },
    }),
  );
  backend.add(
    createServiceFactory({
      service: coreServices.discovery,
      deps: {},
      factory: (): DiscoveryService => ({
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
        getExternalBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      }),
    }),
  );
  for (const feature of features) {
    backend.add(feature);
  }
  await backend.start();
  if (!services) {
    throw new Error('The backend started without its plugins');
  }
  return { backend, ...services, baseUrl: `http://127.0.0.1:${port}` };
}
