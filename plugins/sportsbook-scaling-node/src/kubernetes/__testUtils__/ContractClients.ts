import { KubernetesClient } from '../../ports/KubernetesClient';
import { BackstageClusterClients } from '../backstage/BackstageClusterClients';
import { kubeConfigClient } from '../kubeconfig/kubeConfigClient';
import { ContractServer } from './ContractServer';
import { startKubernetesBackend } from './startKubernetesBackend';

/** Every way to the API servers of the contract; one Backstage knows them all. */
export class ContractClients {
  readonly #servers: Record<string, ContractServer>;
  readonly #backstage: BackstageClusterClients;
  readonly #closing: (() => void | Promise<void>)[];

  private constructor(options: {
    servers: Record<string, ContractServer>;
    backstage: BackstageClusterClients;
    stopBackend: () => Promise<void>;
  }) {
    this.#servers = options.servers;
    this.#backstage = options.backstage;
    this.#closing = [() => options.backstage.close(), options.stopBackend];
  }

  /** @param starts - the servers by name, each not started yet */
  static async start(
    starts: Record<string, () => Promise<ContractServer>>,
  ): Promise<ContractClients> {
    const servers = Object.fromEntries(
      await Promise.all(
        Object.entries(starts).map(
          async ([name, start]) => [name, await start()] as const,
        ),
      ),
    );
    const { backend, discovery, auth } = await startKubernetesBackend({
      clusters: Object.entries(servers).map(([name, { configured }]) => ({
        name,
        ...configured,
      })),
    });
    return new ContractClients({
      servers,
      backstage: new BackstageClusterClients({ discovery, auth }),
      stopBackend: () => backend.stop(),
    });
  }

  /** @throws Error when a server has something to complain about */
  async stop(): Promise<void> {
    for (const close of this.#closing) {
      await close();
    }
    await Promise.all(
      Object.values(this.#servers).map(server => server.stop()),
    );
  }

  throughBackstage(server: string): KubernetesClient {
    return this.#backstage.client(server);
  }

  async throughKubeConfig(server: string): Promise<KubernetesClient> {
    const { kubeConfig, context } = this.#servers[server];
    const { client, close } = await kubeConfigClient({ kubeConfig, context });
    this.#closing.push(close);
    return client;
  }
}
