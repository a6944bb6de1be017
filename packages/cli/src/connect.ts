import {
  defaultKubeconfigPaths,
  KubeConfigClient,
  openKubeconfig,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { chooseContext } from './input/chooseContext';
import { ClusterOptions } from './program/Invocation';

/** The cluster that a run is for. */
export interface Connection extends KubeConfigClient {
  context: string;
  server: string;
  /** For objects that name none. */
  namespace: string;
}

/** @throws InputError where it is not clear which cluster is meant, or the kubeconfig cannot be read */
export async function connect(
  options: ClusterOptions,
  env: Record<string, string | undefined>,
): Promise<Connection> {
  const kubeconfig = await openKubeconfig(
    options.inCluster
      ? { inCluster: true }
      : {
          paths:
            options.kubeconfig === undefined
              ? defaultKubeconfigPaths(env)
              : [options.kubeconfig],
        },
  );
  const { name, server, namespace } = chooseContext(kubeconfig, options);
  const { client, close } = await kubeconfig.connect(name, {
    budgetSeconds: options.retry,
  });
  return {
    client,
    close,
    context: name,
    server: server ?? '',
    namespace: options.namespace ?? namespace ?? 'default',
  };
}
