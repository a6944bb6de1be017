import { ConfigReader } from '@backstage/config';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { runAction } from '../__testUtils__/actionRun';
import {
  deliveryOfProd,
  integrationsWith,
} from '../__testUtils__/deliverySettings';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createDeliveryDescribeAction } from './deliveryDescribe';
import { examples as describeExamples } from './deliveryDescribe.examples';
import { createDeliveryInstructionsAction } from './deliveryInstructions';
import { examples as instructionsExamples } from './deliveryInstructions.examples';
import { createGitopsRegisterAction } from './gitopsRegister';
import { examples as registerExamples } from './gitopsRegister.examples';
import { createGitopsWaitAction } from './gitopsWait';
import { examples as waitExamples } from './gitopsWait.examples';

const ARGO = { type: 'argocd', register: 'cluster', project: 'betting' };

describe('the examples of the actions of delivery', () => {
  const workspace = createMockDirectory();
  const workspacePath = workspace.path;
  const deliveryOf = deliveryOfProd(ARGO);

  it(`${describeExamples[0].description}`, async () => {
    const { outputs } = await runAction(
      createDeliveryDescribeAction({ deliveryOf }),
      { input: exampleSteps(describeExamples[0])[0].input, workspacePath },
    );
    expect(outputs.type).toBe('apply');
  });

  it(`${instructionsExamples[0].description}`, async () => {
    workspace.setContent({
      'service/k8s/a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: odds-api}\n',
    });
    const { outputs } = await runAction(
      createDeliveryInstructionsAction({
        reader: mockUrlReader(),
      }),
      { input: exampleSteps(instructionsExamples[0])[0].input, workspacePath },
    );
    expect(outputs.commands).toHaveLength(1);
  });

  it(`${registerExamples[0].description}, then ${waitExamples[0].description}`, async () => {
    const client = new FakeCluster(['betting', 'argocd']);
    const access = new FakeClusterAccess(client);
    const { input } = exampleSteps(waitExamples[0])[0];
    await runAction(
      createGitopsRegisterAction({
        access,
        deliveryOf,
        integrations: integrationsWith(),
        config: new ConfigReader({}),
      }),
      { input: exampleSteps(registerExamples[0])[0].input, workspacePath },
    );
    client.update(
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        name: 'betting.odds-api',
        namespace: 'argocd',
      },
      application => {
        application.status = {
          sync: { status: 'Synced', revision: input.commit },
          health: { status: 'Healthy' },
        };
      },
    );
    const { outputs } = await runAction(
      createGitopsWaitAction({ access, deliveryOf }),
      { input, workspacePath },
    );
    expect(outputs.state).toBe('delivered');
  });

  it(`${registerExamples[1].description}`, async () => {
    const client = new FakeCluster(['betting', 'argocd']);
    const { outputs } = await runAction(
      createGitopsRegisterAction({
        access: new FakeClusterAccess(client),
        deliveryOf,
        integrations: integrationsWith(),
        config: new ConfigReader({}),
      }),
      { input: exampleSteps(registerExamples[1])[0].input, workspacePath },
    );
    expect(outputs.state).toBe('planned');
    expect(client.writes).toEqual([]);
  });
});
