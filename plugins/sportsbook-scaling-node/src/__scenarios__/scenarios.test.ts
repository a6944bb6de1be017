/**
 * The scenarios on the embedded cluster. On a real one they run with
 * `npm run scenarios -- --kubeconfig <file> --context <name>`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type EmbeddedCluster,
  startEmbeddedCluster,
} from '@sportsbook/embedded-cluster';
import type { KubeConfig } from '@kubernetes/client-node';
import { runScenario } from './runScenario';
import { scenarios } from './scenarios';

jest.setTimeout(120_000);

describe('on the embedded cluster', () => {
  let directory: string;
  let cluster: EmbeddedCluster;
  let outcomes: PromiseSettledResult<void>[];

  // All at the same time: each waits for the cluster most of the time.
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'scenarios-'));
    cluster = await startEmbeddedCluster({ directory });
    const clientNode = await import('@kubernetes/client-node');
    const kubeConfig: KubeConfig = new clientNode.KubeConfig();
    kubeConfig.loadFromFile(cluster.kubeconfigPath);
    outcomes = await Promise.allSettled(
      scenarios.map((scenario, index) =>
        runScenario(scenario, {
          kubeConfig,
          context: cluster.context,
          namespace: `scenario-${index + 1}`,
          // A real cluster takes all; here the largest would take seconds.
          mostDefinitions: 3,
        }),
      ),
    );
  });

  afterAll(async () => {
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  it.each(scenarios.map(({ title }, index) => ({ title, index })))(
    '$title',
    ({ index }) => {
      const outcome = outcomes[index];
      if (outcome.status === 'rejected') {
        throw outcome.reason;
      }
      expect(outcome.status).toBe('fulfilled');
    },
  );
});
