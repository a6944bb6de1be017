import assert from 'node:assert/strict';
import type { Run } from './Run';

const SECRETS = '/api/kubernetes/proxy/api/v1/secrets';

/** Who may create through our actions still reads no Secret through the proxy. */
export async function rights(run: Run): Promise<void> {
  const { backstage, options, journal } = run;
  await journal.step(
    'a user who may create services gets 403 from the proxy',
    async () => {
      const token = await backstage.guestToken();
      assert.equal(
        await backstage.statusOf(SECRETS, {
          token,
          headers: { 'Backstage-Kubernetes-Cluster': options.cluster },
        }),
        403,
      );
    },
  );
  await journal.step('without signing in there is nothing to see', async () => {
    assert.equal(await backstage.statusOf(SECRETS, {}), 401);
    assert.equal(
      await backstage.statusOf(
        '/api/sportsbook-scaling/v1/entities/component/default/odds-api/snapshot',
        {},
      ),
      401,
    );
  });
}
