/**
 * What every way to a cluster has to do alike.
 *
 * The answers of a real API server are replayed from
 * `__fixtures__/apiServer.json`, and the embedded cluster answers itself. With SPORTSBOOK_TEST_KUBECONFIG and
 * SPORTSBOOK_TEST_CONTEXT the same tests run against that cluster in place of
 * the recording; with SPORTSBOOK_TEST_RECORD=1 as well, its answers become it.
 */
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApiNotInstalledError,
  FieldConflictError,
  KubernetesApiError,
} from '../errors';
import { KubernetesClient, WatchEvent } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { ContractClients } from './__testUtils__/ContractClients';
import { embeddedServer } from './__testUtils__/embeddedServer';
import { recordedServer } from './__testUtils__/recordedServer';

jest.setTimeout(120_000);

const WAYS = [
  ['Backstage’s proxy', 'sportsbook-contract-proxy', 'throughBackstage'],
  ['a kubeconfig', 'sportsbook-contract-kubeconfig', 'throughKubeConfig'],
] as const;

describe.each(
  [
    ['the recorded API server', recordedServer] as const,
    ['the embedded cluster', embeddedServer] as const,
  ].flatMap(([server, start]) =>
    WAYS.map(([name, namespace, way]) => ({
      title: `a client of ${server} through ${name}`,
      start,
      namespace,
      way,
    })),
  ),
)('$title', ({ start, namespace, way }) => {
  let clients: ContractClients;
  let client: KubernetesClient;
  const configMapKind = { apiVersion: 'v1', kind: 'ConfigMap' };
  const namespaceRef = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  const configMap = (
    name: string,
    data: Record<string, string>,
  ): KubernetesObject => ({
    ...configMapKind,
    metadata: { name, namespace, labels: { contract: name } },
    data,
  });
  const refOf = (name: string) => ({ ...configMapKind, name, namespace });

  beforeAll(async () => {
    clients = new ContractClients(await start());
    client = await clients[way]();
    while (await client.get(namespaceRef)) {
      await client.delete(namespaceRef);
      await sleep(1000);
    }
    await client.apply({
      ...configMapKind,
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    // The controller manager puts this one into every new namespace.
    while (!(await client.get(refOf('kube-root-ca.crt')))) {
      await sleep(100);
    }
  });

  afterAll(async () => {
    await client.delete(namespaceRef);
    await clients.stop();
  });

  it('tells the version of the server', async () => {
    const { gitVersion } = await client.version();
    expect(gitVersion).toMatch(/^v1\.\d+\.\d+/);
  });

  it('finds plurals and scopes by asking the server', async () => {
    const catalog = await client.discover();
    expect(catalog.find('apps/v1', 'Deployment')).toMatchObject({
      plural: 'deployments',
      namespaced: true,
    });
    expect(catalog.find('v1', 'Namespace')).toMatchObject({
      plural: 'namespaces',
      namespaced: false,
    });
    expect(catalog.find('apps/v1', 'Nonsense')).toBeUndefined();
    expect((await client.discover({ fresh: true })).resources().length).toBe(
      catalog.resources().length,
    );
  });

  it('creates an object by applying it, and says so only the first time', async () => {
    const first = await client.apply(configMap('applied', { a: '1' }));
    const second = await client.apply(configMap('applied', { a: '1' }));
    expect([first.created, second.created]).toEqual([true, false]);
    expect(first.object).toMatchObject({
      metadata: {
        managedFields: [
          { manager: 'backstage-sportsbook-scaling', operation: 'Apply' },
        ],
      },
      data: { a: '1' },
    });
    expect(second.object.metadata.uid).toBe(first.object.metadata.uid);
  });

  it('stores nothing in a dry run', async () => {
    const { created } = await client.apply(configMap('dry', { a: '1' }), {
      dryRun: true,
    });
    expect(created).toBe(true);
    expect(await client.get(refOf('dry'))).toBeUndefined();
  });

  it('names owner and field of a conflict, and takes the field over when told to', async () => {
    await client.apply(configMap('fought', { a: '1' }));
    const other = { fieldManager: 'somebody-else' };
    const refused = client.apply(configMap('fought', { a: '2' }), other);
    await expect(refused).rejects.toThrow(FieldConflictError);
    await expect(refused).rejects.toMatchObject({
      conflicts: [
        { manager: 'backstage-sportsbook-scaling', field: '.data.a' },
      ],
    });
    const forced = await client.apply(configMap('fought', { a: '2' }), {
      ...other,
      force: true,
    });
    expect(forced.object.data).toEqual({ a: '2' });
  });

  it('refuses a field that the schema does not know, without trying again', async () => {
    const started = performance.now();
    const refused = client.apply({
      ...configMap('strict', {}),
      notAField: true,
    });
    await expect(refused).rejects.toThrow(KubernetesApiError);
    await expect(refused).rejects.toThrow(
      /apply ConfigMap .*\/strict: .*\.notAField: field not declared in schema/,
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('names the fields of an invalid object', async () => {
    await expect(
      client.apply(configMap('Not_A_Name', {})),
    ).rejects.toMatchObject({
      status: 422,
      reason: 'Invalid',
      causes: [{ field: 'metadata.name' }],
    });
  });

  it('says which namespace is missing', async () => {
    await expect(
      client.apply({
        ...configMapKind,
        metadata: { name: 'lost', namespace: 'sportsbook-no-such' },
      }),
    ).rejects.toThrow(/namespaces "sportsbook-no-such" not found/);
  });

  it('hands on the warnings of the server', async () => {
    const { warnings } = await client.apply(
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: 'old', namespace },
      },
      { dryRun: true },
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^v1 Endpoints is deprecated/),
    ]);
  });

  it('tells an absent object from a kind that is not served', async () => {
    expect(await client.get(refOf('nothing'))).toBeUndefined();
    const missing = { apiVersion: 'sportsbook.test/v1', kind: 'Bet' };
    await expect(
      client.get({ ...missing, name: 'nothing', namespace }),
    ).rejects.toThrow(ApiNotInstalledError);
    await expect(client.list(missing)).rejects.toThrow(ApiNotInstalledError);
  });

  it('lists by label, each item with its kind', async () => {
    await client.apply(configMap('listed', { a: '1' }));
    const { items, resourceVersion } = await client.list(configMapKind, {
      namespace,
      labelSelector: 'contract=listed',
    });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      ...configMapKind,
      metadata: { name: 'listed', namespace },
    });
    expect(resourceVersion).toMatch(/^\d+$/);
  });

  it('sees a change while it happens, and ends when the server ends the watch', async () => {
    const { resourceVersion } = await client.list(configMapKind, { namespace });
    const started = performance.now();
    const seen: { event: WatchEvent; atMilliseconds: number }[] = [];
    const applied = sleep(300).then(() =>
      client.apply(configMap('watched', { a: '1' })),
    );
    for await (const event of client.watch(configMapKind, {
      namespace,
      resourceVersion,
      timeoutSeconds: 3,
    })) {
      seen.push({ event, atMilliseconds: performance.now() - started });
    }
    await applied;
    const added = seen.find(({ event }) => event.type === 'ADDED');
    expect(added?.event).toMatchObject({
      object: { ...configMapKind, metadata: { name: 'watched' } },
    });
    expect(added?.atMilliseconds).toBeLessThan(2_000);
  });

  it('stops watching with the reason of the signal', async () => {
    const controller = new AbortController();
    const watching = (async () => {
      for await (const event of client.watch(configMapKind, {
        namespace,
        timeoutSeconds: 5,
        signal: controller.signal,
      })) {
        if (event.type === 'ADDED') {
          controller.abort(new Error('seen enough'));
        }
      }
    })();
    await expect(watching).rejects.toThrow('seen enough');
  });

  it('deletes the object that was meant and no other', async () => {
    await client.apply(configMap('deleted', { a: '1' }));
    await expect(
      client.delete(refOf('deleted'), { uid: 'another-one' }),
    ).rejects.toMatchObject({ status: 409 });
    expect(await client.delete(refOf('deleted'), { dryRun: true })).toBe(
      'deleted',
    );
    expect(await client.delete(refOf('deleted'))).toBe('deleted');
    expect(await client.delete(refOf('deleted'))).toBe('absent');
  });

  it('asks what its identity may do', async () => {
    expect(
      await client.can({
        verb: 'create',
        group: 'apps',
        resource: 'deployments',
        namespace,
      }),
    ).toMatchObject({ allowed: true });
  });

  it('hands on raw answers, refusals included', async () => {
    expect(await client.getRaw('/readyz')).toMatchObject({
      status: 200,
      text: 'ok',
    });
    expect(await client.getRaw('/no-such-path')).toMatchObject({ status: 404 });
  });

  it('does not ask when its signal is aborted already', async () => {
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(client.version({ signal })).rejects.toThrow('never mind');
  });
});
