import { scalingChain } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createScalingVerifyAction } from './scalingVerify';
import { examples } from './scalingVerify.examples';

describe('examples of scaling:verify', () => {
  it.each(examples.map(example => [example.description, example] as const))(
    '%s',
    async (_, example) => {
      const { client, prometheus } = await scalingChain();
      const { outputs } = await runAction(
        createScalingVerifyAction({
          access: new FakeClusterAccess(client),
          openPrometheus: () => prometheus,
        }),
        { input: exampleSteps(example)[0].input, workspacePath: '/' },
      );
      expect(outputs).toMatchObject({
        serviceUrl: 'http://odds.betting.svc:8080',
      });
    },
  );
});
