import { InputError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { RestKubernetesClient } from '../RestKubernetesClient';
import { RetryPolicy } from '../RetryPolicy';
import { KubeConfigTransport } from './KubeConfigTransport';

export type KubeConfigClientOptions = {
  /** Never the file's current context by itself: a shell may have switched it. */
  context: string;
  retry?: RetryPolicy;
} & ({ kubeconfigPath: string } | { kubeConfig: KubeConfig });

/** A client, and a way to end its open watches and connections. */
export interface KubeConfigClient {
  client: KubernetesClient;
  close(): void;
}

/** A client for the cluster and user of a named context; its name is the context's. */
export async function kubeConfigClient(
  options: KubeConfigClientOptions,
): Promise<KubeConfigClient> {
  const kubeConfig = await contextOf(options);
  const server = kubeConfig.getCurrentCluster()?.server;
  if (!server || !kubeConfig.getCurrentUser()) {
    throw new InputError(
      `Context '${options.context}' of the kubeconfig names a cluster or a user that the kubeconfig does not hold`,
    );
  }
  const transport = new KubeConfigTransport({ kubeConfig, server });
  return {
    client: new RestKubernetesClient(transport, options.retry),
    close: () => transport.close(),
  };
}

/** A copy, so that the caller's own current context stays. */
async function contextOf(
  options: KubeConfigClientOptions,
): Promise<KubeConfig> {
  const clientNode = await import('@kubernetes/client-node');
  const given =
    'kubeConfig' in options ? options.kubeConfig : new clientNode.KubeConfig();
  if ('kubeconfigPath' in options) {
    given.loadFromFile(options.kubeconfigPath);
  }
  const known = given.getContexts().map(({ name }) => name);
  if (!known.includes(options.context)) {
    throw new InputError(
      `The kubeconfig has no context '${options.context}'. It has ${
        known.length === 0 ? 'none' : known.join(', ')
      }.`,
    );
  }
  const copy = new clientNode.KubeConfig();
  copy.loadFromOptions({
    clusters: given.getClusters(),
    users: given.getUsers(),
    contexts: given.getContexts(),
    currentContext: options.context,
  });
  return copy;
}
