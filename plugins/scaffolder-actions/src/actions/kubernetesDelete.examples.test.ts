import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesDeleteAction } from './kubernetesDelete';
import { examples } from './kubernetesDelete.examples';

describe('examples of kubernetes:delete', () => {
  const workspace = createMockDirectory();

  it.each(examples.map(example => [example.description, example] as const))(
    '%s',
    async (_, example) => {
      const client = new FakeCluster(['betting']);
      const scaledObject = {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'odds-api', namespace: 'betting' },
        spec: { maxReplicaCount: 10 },
      };
      await client.apply(scaledObject);
      workspace.setContent({
        k8s: { 'scaledobject.json': JSON.stringify(scaledObject) },
      });
      const { outputs } = await runAction(
        createKubernetesDeleteAction({
          access: new FakeClusterAccess(client),
          reader: mockServices.urlReader.mock(),
        }),
        {
          input: exampleSteps(example)[0].input,
          workspacePath: workspace.path,
        },
      );
      expect(outputs.changeSet).toMatchObject([
        { ref: { name: 'odds-api' }, action: 'deleted' },
      ]);
    },
  );
});
