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

const SERVERS = {
  recorded: recordedServer,
  embedded: embeddedServer,
};

const WAYS = [
  {
    title: 'a client of the recorded API server through Backstage’s proxy',
    server: 'recorded',
    way: 'throughBackstage',
    namespace: 'sportsbook-contract-proxy',
  },
  {
    title: 'a client of the recorded API server through a kubeconfig',
    server: 'recorded',
    way: 'throughKubeConfig',
    namespace: 'sportsbook-contract-kubeconfig',
  },
  {
    title: 'a client of the embedded cluster through Backstage’s proxy',
    server: 'embedded',
    way: 'throughBackstage',
    namespace: 'sportsbook-contract-proxy',
  },
  {
    title: 'a client of the embedded cluster through a kubeconfig',
    server: 'embedded',
    way: 'throughKubeConfig',
    namespace: 'sportsbook-contract-kubeconfig',
  },
] as const;

const configMapKind = { apiVersion: 'v1', kind: 'ConfigMap' };
const namespaceRef = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  name,
});

/** A namespace with what the controller manager puts into every new one. */
async function freshNamespace(
  client: KubernetesClient,
  name: string,
): Promise<void> {
  const ref = namespaceRef(name);
  while (await client.get(ref)) {
    await client.delete(ref);
    await sleep(1_000);
  }
  const { apiVersion, kind } = ref;
  await client.apply({ apiVersion, kind, metadata: { name } });
  const certificate = { ...configMapKind, name: 'kube-root-ca.crt' };
  while (!(await client.get({ ...certificate, namespace: name }))) {
    await sleep(100);
  }
}

interface Subject {
  client: KubernetesClient;
  /** A watch of one second, which began before all tests. */
  watched: Promise<WatchEvent[]>;
}

let clients: ContractClients;
const subjects = new Map<string, Subject>();

beforeAll(async () => {
  clients = await ContractClients.start(SERVERS);
  await Promise.all(
    WAYS.map(async ({ title, server, way, namespace }) => {
      const client = await clients[way](server);
      await freshNamespace(client, namespace);
      const watched = (async () => {
        const events: WatchEvent[] = [];
        for await (const event of client.watch(configMapKind, {
          namespace,
          timeoutSeconds: 1,
        })) {
          events.push(event);
        }
        return events;
      })();
      // Whoever waits for it is told.
      watched.catch(() => {});
      subjects.set(title, { client, watched });
    }),
  );
});

afterAll(async () => {
  await Promise.all(
    WAYS.map(async ({ title, namespace }) =>
      subjects.get(title)?.client.delete(namespaceRef(namespace)),
    ),
  );
  await clients.stop();
});

describe.each(WAYS)('$title', ({ title, namespace }) => {
  let client: KubernetesClient;
  let watched: Promise<WatchEvent[]>;
  const configMap = (
    name: string,
    data: Record<string, string>,
  ): KubernetesObject => ({
    ...configMapKind,
    metadata: { name, namespace, labels: { contract: name } },
    data,
  });
  const refOf = (name: string) => ({ ...configMapKind, name, namespace });

  beforeAll(() => {
    const subject = subjects.get(title);
    if (subject === undefined) {
      throw new Error(`${title} was not set up`);
    }
    ({ client, watched } = subject);
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

  it('refuses a field that the schema does not know', async () => {
    const refused = client.apply({
      ...configMap('strict', {}),
      notAField: true,
    });
    await expect(refused).rejects.toThrow(KubernetesApiError);
    await expect(refused).rejects.toThrow(
      /apply ConfigMap .*\/strict: .*\.notAField: field not declared in schema/,
    );
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

  it('sees a change while it happens', async () => {
    const { resourceVersion } = await client.list(configMapKind, { namespace });
    await client.apply(configMap('watched', { turn: 'first' }));
    const turns: unknown[] = [];
    for await (const event of client.watch(configMapKind, {
      namespace,
      resourceVersion,
      labelSelector: 'contract=watched',
      timeoutSeconds: 60,
    })) {
      if (event.type !== 'ADDED' && event.type !== 'MODIFIED') {
        continue;
      }
      turns.push([event.type, event.object.data]);
      if (event.type === 'MODIFIED') {
        break;
      }
      // Only whoever sees the first before the watch ends can bring the second about.
      await client.apply(configMap('watched', { turn: 'second' }));
    }
    expect(turns).toEqual([
      ['ADDED', { turn: 'first' }],
      ['MODIFIED', { turn: 'second' }],
    ]);
  });

  it('begins a watch with what there is, and ends it without an error when the server does', async () => {
    const [first] = await watched;
    expect(first).toMatchObject({
      type: 'ADDED',
      object: { ...configMapKind, metadata: { name: 'kube-root-ca.crt' } },
    });
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
