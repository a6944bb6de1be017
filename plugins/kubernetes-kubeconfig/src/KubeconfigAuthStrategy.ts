import { ForwardedError } from '@backstage/errors';
import {
  AuthenticationStrategy,
  AuthMetadata,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { clusterDetails } from './clusterDetails';
import { ContextCredentials } from './ContextCredentials';
import { KubeconfigFiles } from './KubeconfigFiles';

/**
 * Gives the clusters of our contexts the credentials of these contexts, and
 * leaves all others of its auth provider without any, as Backstage does.
 *
 * What names a cluster can come from the catalog, where many may write: the
 * credentials are only given for the server, and with the checks of its
 * certificate, that the kubeconfig names.
 */
export class KubeconfigAuthStrategy implements AuthenticationStrategy {
  readonly #files: KubeconfigFiles;
  readonly #contexts: string[];
  readonly #credentials = new ContextCredentials();

  constructor(options: { files: KubeconfigFiles; contexts: string[] }) {
    this.#files = options.files;
    this.#contexts = options.contexts;
  }

  async getCredential(cluster: ClusterDetails): Promise<KubernetesCredential> {
    if (!this.#contexts.includes(cluster.name)) {
      return { type: 'anonymous' };
    }
    try {
      const context = await this.#files.context(cluster.name);
      if (!sameServer(cluster, clusterDetails(context))) {
        throw new Error(
          'its server or certificate authority is not the one of the kubeconfig',
        );
      }
      return await this.#credentials.get(context);
    } catch (error) {
      throw new ForwardedError(
        `Cluster '${cluster.name}' gets no credentials`,
        error,
      );
    }
  }

  validateCluster(): Error[] {
    return [];
  }

  presentAuthMetadata(): AuthMetadata {
    return {};
  }
}

function sameServer(one: ClusterDetails, other: ClusterDetails): boolean {
  return (
    one.url === other.url &&
    (one.skipTLSVerify ?? false) === (other.skipTLSVerify ?? false) &&
    one.caData === other.caData &&
    one.caFile === other.caFile
  );
}
