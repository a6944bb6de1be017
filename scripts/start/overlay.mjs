import { join } from 'node:path';

const GUEST = 'user:default/guest';
const TEMPLATES = [
  'template:default/sportsbook-autoscaled-service',
  'template:default/remove-autoscaled-service',
];
/** The embedded cluster has its platform built in: there is something to look at, and nothing to install. */
const PLATFORM_LOOK = {
  templates: ['template:default/scaling-platform'],
  namespaces: ['*'],
  kinds: ['monitoring.coreos.com/Prometheus'],
  clusterScopedKinds: [
    '/Namespace',
    'apiextensions.k8s.io/CustomResourceDefinition',
    'rbac.authorization.k8s.io/ClusterRole',
    'rbac.authorization.k8s.io/ClusterRoleBinding',
    'apiregistration.k8s.io/APIService',
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  ],
};
export const GIT_OWNER = 'sportsbook';

/**
 * The configuration that the flags of `npm start` stand for, laid over
 * app-config.yaml.
 *
 * @param options what `readStartOptions` returned
 * @param facts.kubeconfig the file that holds the named contexts
 * @param facts.embedded what the embedded cluster said when it was ready;
 * absent when another cluster, or none, is used
 * @param facts.gitAccount account of the built-in git host; absent when
 * another host is configured
 */
export function overlay(options, { kubeconfig, embedded, gitAccount }) {
  const { namespaces, port, state } = options;
  const clusters = embedded ? [embedded.context] : options.clusters;
  const registry = embedded
    ? { registry: embedded.registry, registryInsecure: true }
    : options;
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      cors: { origin: [baseUrl] },
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(state, 'database') },
      },
    },
    ...(clusters.length > 0 && {
      kubernetesKubeconfig: {
        path: embedded?.kubeconfig ?? kubeconfig,
        contexts: clusters,
      },
    }),
    sportsbookScaling: {
      ...(clusters.length > 0 && {
        apply: {
          rules: [
            { users: [GUEST], templates: TEMPLATES, clusters, namespaces },
            ...(embedded
              ? [{ users: [GUEST], clusters, ...PLATFORM_LOOK }]
              : []),
          ],
        },
      }),
      ...(options.nodeAddress !== undefined && {
        clusters: clusters.map(name => ({
          name,
          nodeAddress: options.nodeAddress,
        })),
      }),
      ...(registry.registry !== undefined && { image: image(registry, state) }),
    },
    ...(gitAccount && builtInGitHost(options, gitAccount, embedded)),
  };
}

function image({ registry, registryInsecure, baseImage }, state) {
  return {
    registry,
    insecure: registryInsecure,
    buildDirectory: join(state, 'builds'),
    // While the page is read: the first service is not waited for so long.
    installAhead: true,
    ...(baseImage !== undefined && { baseImage }),
  };
}

function builtInGitHost({ gitPort, state }, { username, password }, embedded) {
  const host = `127.0.0.1:${gitPort}`;
  return {
    // The embedded cluster's process runs it as well.
    ...(!embedded && {
      gitHost: {
        port: gitPort,
        directory: repositories(state),
        owner: GIT_OWNER,
      },
    }),
    integrations: {
      gitea: [{ host, baseUrl: `http://${host}`, username, password }],
    },
    scaffolder: {
      defaultEnvironment: {
        parameters: {
          gitHost: 'gitea',
          gitHostName: host,
          gitHostUrl: `http://${host}`,
          gitOwner: GIT_OWNER,
        },
      },
    },
  };
}

/** Folder of the git host's repositories. */
export function repositories(state) {
  return join(state, 'repositories');
}
