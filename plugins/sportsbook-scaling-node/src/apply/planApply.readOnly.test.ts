import { FakeCluster } from '../testUtils/FakeCluster';
import { readManifests } from '../manifests';
import { planApply } from './planApply';

const text = `apiVersion: v1
kind: Service
metadata: {name: odds}
spec: {ports: [{port: 8080}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: odds}
`;

const plan = (
  client: FakeCluster,
  writer: 'controller' | 'people' = 'controller',
) =>
  planApply({
    client,
    manifests: readManifests([{ path: 'k8s/all.yaml', text }]),
    namespace: 'betting',
    writer,
  });

describe('planApply where somebody else writes', () => {
  it('tries nothing on the server and asks for no right to write', async () => {
    const client = new FakeCluster();
    for (const kind of ['services', 'configmaps']) {
      client.denied.add(`patch ${kind}`).add(`create ${kind}`);
    }
    const { problems, changes } = await plan(client);
    expect(problems).toEqual([]);
    expect(changes.map(({ ref, action }) => [ref.kind, action])).toEqual([
      ['Service', 'created'],
      ['ConfigMap', 'created'],
    ]);
    expect(client.writes).toEqual([]);
  });

  it('says what it needs to read in order to wait', async () => {
    const client = new FakeCluster();
    client.denied.add('watch services');
    const { problems } = await plan(client);
    expect(problems).toMatchObject([
      { message: expect.stringMatching(/may not .*watch.* services/) },
    ]);
  });

  it('asks for no right at all where people apply it and wait for it', async () => {
    const client = new FakeCluster();
    client.denied.add('watch services').add('patch services');
    expect((await plan(client, 'people')).problems).toEqual([]);
  });

  it('leaves open what would become of objects that are there, and says whose they are', async () => {
    const client = new FakeCluster();
    client.seed({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'odds',
        namespace: 'betting',
        labels: {
          'kustomize.toolkit.fluxcd.io/namespace': 'betting',
          'kustomize.toolkit.fluxcd.io/name': 'odds',
        },
      },
    });
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
    });
    const { changes, warnings } = await plan(client);
    expect(changes).toMatchObject([
      {
        action: 'unverifiable',
        reason: 'it is there already; what would change was not tried',
      },
      { action: 'unverifiable' },
    ]);
    expect(warnings.join('\n')).toContain(
      'Service betting/odds belongs to Kustomization betting/odds already',
    );
    expect(warnings.join('\n')).toContain(
      'ConfigMap betting/odds exists and no controller says that it is its own',
    );
  });
});
