import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { TestCluster } from '../__testUtils__/TestCluster';
import { job } from '../__testUtils__/workloads';
import { refuseUnsupportedJobs } from './refuseUnsupportedJobs';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
  cluster.objects.addAdmission(refuseUnsupportedJobs);
});
afterAll(() => cluster.stop());

function create(spec: Record<string, unknown>): () => KubernetesObject {
  return () => cluster.create(job('succeeds', spec));
}

describe('refuseUnsupportedJobs', () => {
  it.each([
    [{ completionMode: 'Indexed', completions: 1 }, 'spec.completionMode'],
    [
      {
        podFailurePolicy: {
          rules: [
            {
              action: 'FailJob',
              onExitCodes: { operator: 'In', values: [42] },
            },
          ],
        },
      },
      'spec.podFailurePolicy',
    ],
    [{ managedBy: 'example.org/queue' }, "'example.org/queue'"],
  ])('answers 501 to %j', (spec, named) => {
    expect(create(spec)).toThrow(
      expect.objectContaining({
        code: 501,
        message: expect.stringContaining(named),
      }),
    );
  });

  it('lets other Jobs pass', () => {
    expect(create({ completions: 2 })().metadata.name).toBe('load');
  });
});
