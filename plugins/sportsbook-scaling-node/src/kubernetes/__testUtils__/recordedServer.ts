import { ContractServer } from './ContractServer';
import { realCluster } from './realCluster';
import { RecordedApiServer } from './RecordedApiServer';

const recording = process.env.SPORTSBOOK_TEST_RECORD === '1';

/** The recorded API server, or the cluster that the environment names. */
export async function recordedServer(): Promise<ContractServer> {
  const cluster = await realCluster();
  const server = await RecordedApiServer.start(cluster?.upstream);
  const { KubeConfig } = await import('@kubernetes/client-node');
  const replayed = new KubeConfig();
  replayed.loadFromOptions({
    clusters: [{ name: 'c', server: server.url, skipTLSVerify: true }],
    users: [{ name: 'u', token: 'any' }],
    contexts: [{ name: 'contract', cluster: 'c', user: 'u' }],
  });
  const direct = cluster !== undefined && !recording;
  return {
    configured: { url: server.url, serviceAccountToken: 'any' },
    kubeConfig: direct ? cluster.kubeConfig : replayed,
    context: direct ? cluster.context : 'contract',
    /** Throws when the recording had no answer to something that was asked. */
    async stop() {
      if (recording) {
        await server.save();
      }
      await server.stop();
      if (server.unknown.length > 0) {
        throw new Error(
          `The recording has no answer to ${server.unknown.join(', ')}`,
        );
      }
    },
  };
}
