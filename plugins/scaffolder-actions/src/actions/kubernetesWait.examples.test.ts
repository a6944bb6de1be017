import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesWaitAction } from './kubernetesWait';
import { examples } from './kubernetesWait.examples';

const ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'odds-api',
  namespace: 'betting',
};

describe('examples of kubernetes:wait', () => {
  it.each(examples.map(example => [example.description, example] as const))(
    '%s',
    async (_, example) => {
      const client = new FakeCluster(['betting']);
      client.seed({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'odds-api', namespace: 'betting' },
        spec: { replicas: 1 },
        status: {
          observedGeneration: 1,
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
          conditions: [{ type: 'Available', status: 'True' }],
        },
      });
      const { input } = exampleSteps(example)[0];
      const { outputs } = await runAction(
        createKubernetesWaitAction({ access: new FakeClusterAccess(client) }),
        {
          input: {
            ...input,
            // What the scaffolder fills in for the output of an earlier step.
            objects: typeof input.objects === 'string' ? [ref] : input.objects,
          },
          workspacePath: '/',
        },
      );
      expect(outputs.statuses).toMatchObject([{ ref, status: 'current' }]);
    },
  );
});
