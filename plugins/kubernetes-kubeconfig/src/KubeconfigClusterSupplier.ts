import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { clusterDetails } from './clusterDetails';
import { KubeconfigFiles } from './KubeconfigFiles';

/** The named contexts, after the clusters that were configured otherwise. */
export class KubeconfigClusterSupplier implements KubernetesClustersSupplier {
  readonly #files: KubeconfigFiles;
  readonly #contexts: string[];
  readonly #others: KubernetesClustersSupplier | undefined;

  constructor(options: {
    files: KubeconfigFiles;
    contexts: string[];
    /** Of `kubernetes.clusterLocatorMethods`. */
    others?: KubernetesClustersSupplier;
  }) {
    this.#files = options.files;
    this.#contexts = options.contexts;
    this.#others = options.others;
  }

  async getClusters(options: {
    credentials: BackstageCredentials;
  }): Promise<ClusterDetails[]> {
    const [others, own] = await Promise.all([
      this.#others?.getClusters(options) ?? [],
      this.contextClusters(),
    ]);
    const twice = own.find(({ name }) =>
      others.some(other => other.name === name),
    );
    if (twice) {
      throw new ConflictError(
        `Two clusters are named '${twice.name}': a context of the kubeconfig, and one of kubernetes.clusterLocatorMethods. Rename one of them, or leave it out.`,
      );
    }
    return [...others, ...own];
  }

  /** Those of the contexts alone. */
  async contextClusters(): Promise<ClusterDetails[]> {
    return await Promise.all(
      this.#contexts.map(async name =>
        clusterDetails(await this.#files.context(name)),
      ),
    );
  }
}
