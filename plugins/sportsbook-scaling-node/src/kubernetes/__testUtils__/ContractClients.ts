import { KubernetesClient } from '../../ports/KubernetesClient';
import { BackstageClusterClients } from '../backstage/BackstageClusterClients';
import { kubeConfigClient } from '../kubeconfig/kubeConfigClient';
import { realCluster } from './realCluster';
import { RecordedApiServer } from './RecordedApiServer';
import { startKubernetesBackend } from './startKubernetesBackend';

const recording = process.env.SPORTSBOOK_TEST_RECORD === '1';

/** Every way to the API server of the contract: the recorded one, or a real one. */
export class ContractClients {
  readonly #server: RecordedApiServer;
  readonly #closing: (() => void | Promise<void>)[] = [];

  private constructor(server: RecordedApiServer) {
    this.#server = server;
  }

  static async start(): Promise<ContractClients> {
    const cluster = await realCluster();
    return new ContractClients(
      await RecordedApiServer.start(cluster?.upstream),
    );
  }

  /** Throws when the recording had no answer to something that was asked. */
  async stop(): Promise<void> {
    await Promise.all(this.#closing.map(close => close()));
    if (recording) {
      await this.#server.save();
    }
    await this.#server.stop();
    const { unknown } = this.#server;
    if (unknown.length > 0) {
      throw new Error(`The recording has no answer to ${unknown.join(', ')}`);
    }
  }

  async throughBackstage(): Promise<KubernetesClient> {
    const { backend, discovery, auth } = await startKubernetesBackend({
      clusters: [{ name: 'contract', url: this.#server.url }],
    });
    const clients = new BackstageClusterClients({ discovery, auth });
    this.#closing.push(async () => {
      clients.close();
      await backend.stop();
    });
    return clients.client('contract');
  }

  async throughKubeConfig(): Promise<KubernetesClient> {
    const cluster = await realCluster();
    const { KubeConfig } = await import('@kubernetes/client-node');
    const replayed = new KubeConfig();
    replayed.loadFromOptions({
      clusters: [{ name: 'c', server: this.#server.url, skipTLSVerify: true }],
      users: [{ name: 'u', token: 'any' }],
      contexts: [{ name: 'contract', cluster: 'c', user: 'u' }],
    });
    const direct = cluster !== undefined && !recording;
    const { client, close } = await kubeConfigClient({
      kubeConfig: direct ? cluster.kubeConfig : replayed,
      context: direct ? cluster.context : 'contract',
    });
    this.#closing.push(close);
    return client;
  }
}
