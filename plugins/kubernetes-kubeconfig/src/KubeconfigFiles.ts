import { stat } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import type {
  Cluster,
  Context,
  KubeConfig,
  User,
} from '@kubernetes/client-node';

/** What one context stands for, its names resolved. */
export interface KubeconfigContext {
  name: string;
  cluster: Cluster;
  user: User;
}

interface Loaded {
  fingerprint: string;
  clusters: Cluster[];
  users: User[];
  contexts: Context[];
}

/**
 * The kubeconfig, read again whenever one of its files changed: local clusters
 * are made anew with other certificates under the same name.
 */
export class KubeconfigFiles {
  readonly #paths: string[];
  #loaded?: Loaded;

  constructor(paths: string[]) {
    this.#paths = paths;
  }

  /**
   * @throws InputError where a file cannot be read, or there is no such context;
   * the message lists those that there are
   */
  async context(name: string): Promise<KubeconfigContext> {
    const { clusters, users, contexts } = await this.#load();
    const where = `kubeconfig ${this.#paths.join(', ')}`;
    const context = contexts.find(candidate => candidate.name === name);
    if (!context) {
      const known = contexts.map(candidate => candidate.name);
      throw new InputError(
        `There is no context '${name}' in ${where}; it has ${
          known.length === 0 ? 'none' : known.join(', ')
        }. Correct 'kubernetesKubeconfig.contexts' or 'kubernetesKubeconfig.path'.`,
      );
    }
    const cluster = clusters.find(({ name: id }) => id === context.cluster);
    const user = users.find(({ name: id }) => id === context.user);
    if (!cluster || !user) {
      throw new InputError(
        `Context '${name}' in ${where} refers to ${
          cluster ? `user '${context.user}'` : `cluster '${context.cluster}'`
        }, which is not there`,
      );
    }
    return { name, cluster, user };
  }

  async #load(): Promise<Loaded> {
    const fingerprint = await this.#fingerprint();
    if (this.#loaded?.fingerprint === fingerprint) {
      return this.#loaded;
    }
    const { KubeConfig: KubeConfigOfFile } = await import(
      '@kubernetes/client-node'
    );
    const files = this.#paths.map(path => {
      const file: KubeConfig = new KubeConfigOfFile();
      try {
        file.loadFromFile(path);
      } catch (error) {
        throw unreadable(path, error);
      }
      return file;
    });
    const loaded = {
      fingerprint,
      clusters: files.flatMap(file => file.getClusters()),
      users: files.flatMap(file => file.getUsers()),
      contexts: files.flatMap(file => file.getContexts()),
    };
    this.#loaded = loaded;
    return loaded;
  }

  async #fingerprint(): Promise<string> {
    const stamps = await Promise.all(
      this.#paths.map(async path => {
        try {
          const { mtimeMs, size, ino } = await stat(path);
          return `${path} ${mtimeMs} ${size} ${ino}`;
        } catch (error) {
          throw unreadable(path, error);
        }
      }),
    );
    return stamps.join('\n');
  }
}

function unreadable(path: string, error: unknown): InputError {
  return new InputError(
    `The kubeconfig ${path} cannot be read. Correct 'kubernetesKubeconfig.path', or the environment variable KUBECONFIG`,
    error,
  );
}
