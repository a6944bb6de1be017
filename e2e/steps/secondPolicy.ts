import assert from 'node:assert/strict';
import { autoscalerOf } from './objects';
import type { Run } from './Run';
import { loadAndFollow } from './scaling';
import { nodePortUrl } from './serviceUrl';

/** 70 requests/s per replica in the same namespace: 4 replicas, and the neighbour stays. */
export async function secondPolicy(run: Run): Promise<void> {
  const { cluster, journal, options } = run;
  await journal.step(
    'under the same load a service with 70 per replica gets 4, while its idle neighbour stays at 2',
    async () => {
      const seen = await loadAndFollow(run, {
        name: 'settlement-api',
        url: `${await nodePortUrl(cluster, {
          namespace: options.namespace,
          name: 'settlement-api',
        })}/api`,
        minReplicas: 2,
        generator: 'autocannon',
      });
      journal.fact('highest replicas', seen.highestDesired);
      journal.fact('failed', seen.load.failed);
      assert.equal(seen.load.failed, 0);
      assert.equal(seen.highestDesired, 4);
      const neighbour = await autoscalerOf(
        cluster,
        options.namespace,
        'odds-api',
      );
      assert.equal(neighbour.status.desiredReplicas, 2);
      assert.equal(neighbour.status.currentReplicas, 2);
    },
  );
}
