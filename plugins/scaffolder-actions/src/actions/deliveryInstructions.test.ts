import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { runAction } from '../__testUtils__/actionRun';
import { createDeliveryInstructionsAction } from './deliveryInstructions';

describe('delivery:instructions', () => {
  const workspace = createMockDirectory();

  const run = (input: JsonObject = {}, isDryRun = false) =>
    runAction(
      createDeliveryInstructionsAction({
        reader: mockUrlReader(),
      }),
      {
        input: {
          cluster: 'prod',
          namespace: 'betting',
          repositoryUrl: 'https://git.example.com/sportsbook/odds-api.git',
          sourcePath: 'service',
          ...input,
        },
        workspacePath: workspace.path,
        isDryRun,
      },
    );

  beforeEach(() =>
    workspace.setContent({
      service: {
        k8s: {
          'deployment.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: odds-api}\n',
          'account.yaml':
            'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: odds-api}\n',
        },
      },
    }),
  );

  it('says what to run, with paths as the clone has them', async () => {
    const { outputs } = await run();
    const apply =
      'kubectl apply --server-side --field-manager=backstage-sportsbook-scaling --namespace=betting';
    expect(outputs.commands).toEqual([
      `${apply} -f k8s/account.yaml`,
      `${apply} -f k8s/deployment.yaml`,
      'kubectl rollout status --timeout=300s --namespace=betting deployment/odds-api',
    ]);
    expect(outputs.summary).toContain(
      "Nothing was changed on cluster 'prod': its own people apply what runs there.",
    );
    expect(outputs.summary).toContain(
      'in a clone of https://git.example.com/sportsbook/odds-api.git:',
    );
  });

  it('refuses a folder outside of the workspace, and one that is not there', async () => {
    await expect(run({ sourcePath: '../..' })).rejects.toThrow(/outside/);
    await expect(run({ path: 'manifests' })).rejects.toThrow(InputError);
  });

  it('bears in a dry run that nothing was rendered', async () => {
    workspace.clear();
    expect((await run({}, true)).outputs.commands).toEqual([]);
  });
});
