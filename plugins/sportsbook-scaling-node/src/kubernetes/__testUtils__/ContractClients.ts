import { KubernetesClient } from '../../ports/KubernetesClient';
import { BackstageClusterClients } from '../backstage/BackstageClusterClients';
import { kubeConfigClient } from '../kubeconfig/kubeConfigClient';
import { ContractServer } from './ContractServer';
import { startKubernetesBackend } from './startKubernetesBackend';

/** Every way to an API server of the contract. */
export class ContractClients {
  readonly #server: ContractServer;
  readonly #closing: (() => void | Promise<void>)[] = [];

  constructor(server: ContractServer) {
    this.#server = server;
  }

  /** @throws Error when the server has something to complain about */
  async stop(): Promise<void> {
    await Promise.all(this.#closing.map(close => close()));
    await this.#server.stop();
  }

  async throughBackstage(): Promise<KubernetesClient> {
    const { backend, discovery, auth } = await startKubernetesBackend({
      clusters: [{ name: 'contract', ...this.#server.configured }],
    });
    const clients = new BackstageClusterClients({ discovery, auth });
    this.#closing.push(async () => {
      clients.close();
      await backend.stop();
    });
    return clients.client('contract');
  }

  async throughKubeConfig(): Promise<KubernetesClient> {
    const { kubeConfig, context } = this.#server;
    const { client, close } = await kubeConfigClient({ kubeConfig, context });
    this.#closing.push(close);
    return client;
  }
}
