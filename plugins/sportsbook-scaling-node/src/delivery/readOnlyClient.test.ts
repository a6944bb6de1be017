import { DeliveryRefusedError } from '../errors/DeliveryRefusedError';
import { FakeCluster } from '../testUtils/FakeCluster';
import { deliveryOf, FLUX } from './__testUtils__/deliveries';
import { readOnlyClient } from './readOnlyClient';

const config = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'odds', namespace: 'betting' },
};
const ref = { apiVersion: 'v1', kind: 'ConfigMap', ...config.metadata };

describe('readOnlyClient', () => {
  it('is the client itself where Backstage delivers', () => {
    const cluster = new FakeCluster();
    expect(readOnlyClient(cluster, deliveryOf('apply'))).toBe(cluster);
  });

  it.each([
    ['Flux', FLUX],
    ['its own people', 'none'],
  ])(
    'reads and tries, and writes nothing where the cluster takes its objects from %s',
    async (who, delivery) => {
      const cluster = new FakeCluster();
      cluster.seed(config);
      const client = readOnlyClient(cluster, deliveryOf(delivery));
      expect(await client.get(ref)).toMatchObject(config);
      await client.apply(config, { dryRun: true });
      for (const write of [client.apply(config), client.delete(ref)]) {
        await expect(write).rejects.toThrow(DeliveryRefusedError);
        await expect(write).rejects.toThrow(who);
      }
      expect(cluster.written()).toEqual([]);
    },
  );
});
