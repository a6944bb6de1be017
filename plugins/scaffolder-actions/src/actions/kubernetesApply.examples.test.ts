import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { runAction } from '../__testUtils__/actionRun';
import { exampleSteps } from '../__testUtils__/exampleSteps';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesApplyAction } from './kubernetesApply';
import { examples } from './kubernetesApply.examples';

const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: odds}\nspec: {}\n';

describe('examples of kubernetes:apply', () => {
  const workspace = createMockDirectory();

  const run = (index: number, client: FakeCluster, download = service) => {
    workspace.setContent({ k8s: { 'service.yaml': service } });
    return runAction(
      createKubernetesApplyAction({
        access: new FakeClusterAccess(client),
        newNamespaceOf: (_, namespace) => ({
          objects: [
            {
              apiVersion: 'v1',
              kind: 'Namespace',
              metadata: { name: namespace },
            },
          ],
          source: 'settings',
        }),
        prometheus: { allowedAddresses: [], allowedNamespaces: [] },
        reader: mockUrlReader({
          readUrl: async () => ({ buffer: async () => Buffer.from(download) }),
        }),
      }),
      {
        input: exampleSteps(examples[index])[0].input,
        workspacePath: workspace.path,
      },
    );
  };

  it(`${examples[0].description}`, async () => {
    const client = new FakeCluster(['betting']);
    await run(0, client);
    expect(client.writes).toMatchObject([{ dryRun: true }]);
  });

  it(`${examples[1].description}`, async () => {
    const client = new FakeCluster(['betting']);
    await run(1, client);
    expect(client.written()).toEqual(['Service betting/odds']);
  });

  it(`${examples[2].description}, only if it is what was pinned`, async () => {
    const client = new FakeCluster(['keda', 'kube-system']);
    const download = jest
      .spyOn(globalThis, 'fetch')
      .mockResolvedValue(new Response(service));
    await expect(run(2, client)).rejects.toThrow('is not what was pinned');
    expect(client.writes).toEqual([]);
    download.mockRestore();
  });

  it(`${examples[3].description}`, async () => {
    const client = new FakeCluster(['betting']);
    await run(3, client);
    expect(client.written()).toEqual([
      'Namespace team-odds',
      'Service team-odds/odds',
    ]);
  });

  it(`${examples[4].description}`, async () => {
    const client = new FakeCluster(['betting']);
    client.seed(
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'odds',
          namespace: 'betting',
          labels: { old: 'yes' },
        },
        spec: {},
      },
      'kubectl-client-side-apply',
    );
    const { outputs } = await run(4, client);
    expect(outputs.summary).toContain(
      'takes over all fields of kubectl-client-side-apply; `.metadata.labels.old`',
    );
    const live = await client.get({
      apiVersion: 'v1',
      kind: 'Service',
      name: 'odds',
      namespace: 'betting',
    });
    expect(live?.metadata.labels?.old).toBeUndefined();
  });

  it(`${examples[5].description}`, async () => {
    const client = new FakeCluster(['betting']);
    await run(5, client);
    expect(client.written()).toEqual([
      'ConfigMap betting/odds-applyset',
      'Service betting/odds',
    ]);
    const { outputs } = await run(5, client);
    expect(outputs.counts).toBe('2 unchanged');
  });
});
