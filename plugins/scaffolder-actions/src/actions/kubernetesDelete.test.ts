import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { InputError, NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { applyManifests } from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { ActionRun, emptyRun, runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesDeleteAction } from './kubernetesDelete';

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'odds', namespace: 'betting' },
  data: { a: '1' },
};
const ref = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'odds',
  namespace: 'betting',
};

describe('kubernetes:delete', () => {
  const workspace = createMockDirectory();
  let client: FakeCluster;
  let access: FakeClusterAccess;
  const run = (
    input: JsonObject,
    options: {
      isDryRun?: boolean;
      signal?: AbortSignal;
      into?: ActionRun;
    } = {},
  ) =>
    runAction(
      createKubernetesDeleteAction({
        access,
        reader: mockServices.urlReader.mock(),
      }),
      {
        input: { cluster: 'dev', namespace: 'betting', ...input },
        workspacePath: workspace.path,
        ...options,
      },
    );

  beforeEach(async () => {
    client = new FakeCluster(['betting']);
    access = new FakeClusterAccess(client);
    await client.apply(configMap);
    client.writes.length = 0;
    workspace.setContent({
      k8s: {
        'config.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odds}\n',
      },
    });
  });

  it('deletes what manifests describe, in the namespace where apply puts it', async () => {
    const { outputs, lines } = await run({ sources: [{ path: 'k8s' }] });
    expect(outputs.changeSet).toMatchObject([{ ref, action: 'deleted' }]);
    expect(outputs.summary).toContain('| ConfigMap betting/odds | deleted |');
    expect(lines).toContain("info: Cluster 'dev': 1 deleted");
    expect(await client.get(ref)).toBeUndefined();
  });

  it('deletes the members of a set that no manifest describes any more, its ConfigMap last', async () => {
    const applySet = { name: 'odds-applyset', namespace: 'betting' };
    await applyManifests({
      client,
      manifests: [
        {
          object: { ...configMap, metadata: { name: 'more' } },
          source: { file: 'more.yaml', document: 1, line: 1 },
        },
      ],
      namespace: 'betting',
      applySet,
    });
    client.writes.length = 0;
    const { outputs } = await run({
      sources: [{ path: 'k8s' }],
      applySet: { name: 'odds-applyset' },
    });
    expect(client.written()).toEqual([
      'ConfigMap betting/more',
      'ConfigMap betting/odds',
      'ConfigMap betting/odds-applyset',
    ]);
    expect(outputs.counts).toBe('3 deleted');
  });

  it('says where there is no such set', async () => {
    const { lines, outputs } = await run({ applySet: { name: 'nowhere' } });
    expect(lines.join()).toContain("There is no ApplySet 'nowhere'");
    expect(outputs.changeSet).toEqual([]);
  });

  it('hands on what became of each object also when it fails', async () => {
    client.denied.add('delete configmaps');
    const into = emptyRun();
    await expect(run({ objects: [ref] }, { into })).rejects.toThrow(
      'cannot delete configmaps',
    );
    expect(into.outputs).toMatchObject({
      changeSet: [{ ref, action: 'failed' }],
      counts: '1 failed',
    });
  });

  it('shows in a plan what would go, and deletes nothing', async () => {
    const { outputs, lines } = await run({ objects: [ref], plan: true });
    expect(outputs.summary).toContain('| ConfigMap betting/odds | deleted |');
    expect(lines).toContain(
      "info: Plan for cluster 'dev': 1 deleted; nothing was changed",
    );
    expect(client.writes).toEqual([]);
  });

  it('is done when everything is gone already', async () => {
    await run({ objects: [ref] });
    const { outputs } = await run({ objects: [ref] });
    expect(outputs.changeSet).toMatchObject([
      { action: 'skipped', reason: 'there is none' },
    ]);
  });

  it('leaves what others have made, and says so', async () => {
    client.remove(ref);
    client.seed(configMap);
    const { outputs } = await run({ objects: [ref] });
    expect(outputs.summary).toContain('not applied by');
    expect(await client.get(ref)).toMatchObject({ data: { a: '1' } });
  });

  it('refuses objects outside the namespaces that it was opened for', async () => {
    const deleting = run({ objects: [{ ...ref, namespace: 'kube-system' }] });
    await expect(deleting).rejects.toThrow(InputError);
    await expect(deleting).rejects.toThrow(
      "Nothing was deleted: ConfigMap kube-system/odds is outside 'betting'",
    );
    expect(client.writes).toEqual([]);
  });

  it('asks for cluster-scoped kinds before it deletes anything', async () => {
    access = new FakeClusterAccess(
      client,
      ({ clusterScopedKinds }) => clusterScopedKinds.length === 0,
    );
    await expect(
      run({
        objects: [
          ref,
          { apiVersion: 'v1', kind: 'Namespace', name: 'betting' },
        ],
        withContents: true,
      }),
    ).rejects.toThrow(NotAllowedError);
    expect(access.requests[1].clusterScopedKinds).toEqual(['/Namespace']);
    expect(client.writes).toEqual([]);
  });

  it('asks for the kinds before it deletes anything', async () => {
    access = new FakeClusterAccess(client, ({ kinds }) => kinds.length === 0);
    await expect(run({ objects: [ref] })).rejects.toThrow(NotAllowedError);
    expect(access.requests[1]).toMatchObject({
      kinds: ['/ConfigMap'],
      clusterScopedKinds: [],
    });
    expect(client.writes).toEqual([]);
  });

  it('refuses a namespaced object without a namespace', async () => {
    const { namespace, ...homeless } = ref;
    await expect(run({ objects: [homeless] })).rejects.toThrow(
      'ConfigMap odds names no namespace',
    );
    expect(client.writes).toEqual([]);
  });

  it('deletes nothing in a dry run', async () => {
    await run({ objects: [ref] }, { isDryRun: true });
    expect(access.requests).toEqual([]);
    expect(client.writes).toEqual([]);
  });

  it('refuses to run without anything to delete', async () => {
    await expect(run({})).rejects.toThrow(
      'Nothing to delete: give objects, sources, an applySet, or several of them',
    );
  });

  it('stops when the task is cancelled', async () => {
    await expect(
      run(
        { objects: [ref] },
        { signal: AbortSignal.abort(new Error('cancelled by hand')) },
      ),
    ).rejects.toThrow('cancelled by hand');
    expect(client.writes).toEqual([]);
  });
});
