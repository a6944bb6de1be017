import { join } from 'node:path';

const GUEST = 'user:default/guest';
const TEMPLATE = 'template:default/sportsbook-autoscaled-service';
const GIT_OWNER = 'sportsbook';

/**
 * The configuration that the flags of `npm start` stand for, laid over
 * app-config.yaml.
 *
 * @param options what `readStartOptions` returned
 * @param facts.kubeconfig the file that holds the named contexts
 * @param facts.gitAccount account of the built-in git host; absent when
 * another host is configured
 */
export function overlay(options, { kubeconfig, gitAccount }) {
  const { clusters, namespaces, port, state } = options;
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
      kubernetesKubeconfig: { path: kubeconfig, contexts: clusters },
    }),
    sportsbookScaling: {
      ...(clusters.length > 0 && {
        apply: {
          rules: [
            { users: [GUEST], templates: [TEMPLATE], clusters, namespaces },
          ],
        },
      }),
      ...(options.nodeAddress !== undefined && {
        clusters: clusters.map(name => ({
          name,
          nodeAddress: options.nodeAddress,
        })),
      }),
      ...(options.registry !== undefined && { image: image(options) }),
    },
    ...(gitAccount && builtInGitHost(options, gitAccount)),
  };
}

function image({ registry, registryInsecure, baseImage }) {
  return {
    registry,
    insecure: registryInsecure,
    ...(baseImage !== undefined && { baseImage }),
  };
}

function builtInGitHost({ gitPort, state }, { username, password }) {
  const host = `127.0.0.1:${gitPort}`;
  return {
    gitHost: {
      port: gitPort,
      directory: join(state, 'repositories'),
      owner: GIT_OWNER,
    },
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
