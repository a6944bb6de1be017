import { FIELD_MANAGER } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  APPLY_SET,
  applySetId,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesDeleteAction } from './kubernetesDelete';
import { examples } from './kubernetesDelete.examples';

describe('examples of kubernetes:delete', () => {
  const workspace = createMockDirectory();
  const set = { name: 'odds-applyset', namespace: 'betting' };

  it.each(examples.map(example => [example.description, example] as const))(
    '%s',
    async (_, example) => {
      const client = new FakeCluster(['betting']);
      const scaledObject = {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: {
          name: 'odds-api',
          namespace: 'betting',
          labels: { [APPLY_SET.partOf]: applySetId(set) },
        },
        spec: { maxReplicaCount: 10 },
      };
      await client.apply(scaledObject);
      await client.apply({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          ...set,
          labels: { [APPLY_SET.id]: applySetId(set) },
          annotations: {
            [APPLY_SET.tooling]: `${FIELD_MANAGER}/v0.1.0`,
            [APPLY_SET.groupKinds]: 'ScaledObject.keda.sh',
          },
        },
      });
      workspace.setContent({
        k8s: { 'scaledobject.json': JSON.stringify(scaledObject) },
      });
      const { outputs } = await runAction(
        createKubernetesDeleteAction({
          access: new FakeClusterAccess(client),
          reader: mockUrlReader(),
        }),
        {
          input: exampleSteps(example)[0].input,
          workspacePath: workspace.path,
        },
      );
      const { applySet } = exampleSteps(example)[0].input;
      expect(outputs.changeSet).toMatchObject([
        { ref: { name: 'odds-api' }, action: 'deleted' },
        ...(applySet === undefined
          ? []
          : [{ ref: { name: set.name }, action: 'deleted' }]),
      ]);
    },
  );
});
