import {
  ApiNotInstalledError,
  ClusterUnreachableError,
  KubernetesApiError,
} from '../errors';
import {
  clientOf,
  discovery,
  ScriptedTransport,
} from './__testUtils__/ScriptedTransport';
import { RestKubernetesClient } from './RestKubernetesClient';

const pods = { apiVersion: 'v1', kind: 'Pod' };

const pod = (name: string) => ({ metadata: { name, namespace: 'betting' } });

const lines = (...events: unknown[]) =>
  events.map(event => `${JSON.stringify(event)}\n`).join('');

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) {
    all.push(event);
  }
  return all;
}

describe('lists', () => {
  it('follows all pages, and has the version of the last one', async () => {
    const { client, transport } = clientOf(path =>
      path.includes('continue=next')
        ? { body: { metadata: { resourceVersion: '8' }, items: [pod('b')] } }
        : {
            body: {
              metadata: { resourceVersion: '8', continue: 'next' },
              items: [pod('a')],
            },
          },
    );
    const { items, resourceVersion } = await client.list(pods);
    expect(items.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['Pod', 'a'],
      ['Pod', 'b'],
    ]);
    expect(resourceVersion).toBe('8');
    expect(transport.asked.at(-1)?.path).toBe(
      '/api/v1/pods?limit=500&continue=next',
    );
  });

  it('asks for everything at once when the pages have expired', async () => {
    const { client } = clientOf(path => {
      if (path.includes('continue=')) {
        return { status: 410, body: { kind: 'Status', code: 410 } };
      }
      return path.includes('limit=')
        ? { body: { metadata: { continue: 'next' }, items: [pod('a')] } }
        : { body: { metadata: {}, items: [pod('a'), pod('b')] } };
    });
    expect((await client.list(pods)).items).toHaveLength(2);
  });
});

describe('watches', () => {
  const object = { ...pods, ...pod('wettbüro') };

  it('reads events and bookmarks, however they are cut', async () => {
    const { client } = clientOf(() => ({
      body: lines(
        { type: 'ADDED', object },
        {
          type: 'BOOKMARK',
          object: { ...pods, metadata: { resourceVersion: '9' } },
        },
        { type: 'DELETED', object },
      ),
    }));
    expect(await collect(client.watch(pods))).toEqual([
      { type: 'ADDED', object },
      { type: 'BOOKMARK', resourceVersion: '9' },
      { type: 'DELETED', object },
    ]);
  });

  it.each([
    [
      'in its first answer',
      { status: 410, body: { kind: 'Status', code: 410, reason: 'Gone' } },
    ],
    [
      'in an event',
      {
        body: lines({
          type: 'ERROR',
          object: { kind: 'Status', code: 410, reason: 'Expired' },
        }),
      },
    ],
  ])(
    'ends when the server says %s that the version is gone',
    async (_, reply) => {
      const { client } = clientOf(() => reply);
      expect(
        await collect(client.watch(pods, { resourceVersion: '1' })),
      ).toEqual([]);
    },
  );

  it('fails with any other error event', async () => {
    const status = { kind: 'Status', code: 500, message: 'etcd is down' };
    const { client } = clientOf(() => ({
      body: lines({ type: 'ERROR', object: status }),
    }));
    await expect(collect(client.watch(pods))).rejects.toThrow(
      'Cluster dev refused to watch Pod: etcd is down',
    );
  });

  it('drops a line that was cut off', async () => {
    const { client } = clientOf(() => ({
      body: `${lines({ type: 'ADDED', object })}{"type":"MODI`,
    }));
    expect(await collect(client.watch(pods))).toHaveLength(1);
  });

  it('refuses lines that are no events', async () => {
    const { client } = clientOf(() => ({ body: '<html>\n' }));
    await expect(collect(client.watch(pods))).rejects.toThrow(
      ClusterUnreachableError,
    );
  });
});

describe('discovery', () => {
  it('is asked once for many calls, and by its ETag when it has to be fresh', async () => {
    const transport = new ScriptedTransport((path, { headers }) => {
      if (path !== '/api') {
        return { body: { metadata: {}, items: [] } };
      }
      return headers?.['If-None-Match'] === 'v7'
        ? { status: 304, body: '' }
        : { body: discovery('Pod'), headers: { etag: 'v7' } };
    });
    const client = new RestKubernetesClient(transport, { budgetSeconds: 0 });
    await client.list(pods);
    await client.list(pods);
    const asked = () =>
      transport.asked.filter(({ path }) => path === '/api').length;
    expect(asked()).toBe(1);
    const catalog = await client.discover({ fresh: true });
    expect(asked()).toBe(2);
    expect(catalog.find('v1', 'Pod')?.plural).toBe('pods');
  });

  it('says what is wrong with a server that does not know the aggregated form', async () => {
    const transport = new ScriptedTransport(() => ({
      body: { kind: 'APIVersions', versions: ['v1'] },
    }));
    const client = new RestKubernetesClient(transport, { budgetSeconds: 0 });
    await expect(client.discover()).rejects.toThrow(
      /Kubernetes 1\.27 or newer/,
    );
  });
});

describe('objects', () => {
  const ref = { ...pods, name: 'odds', namespace: 'betting' };

  it('are applied as they were given, with the parameters that were asked for', async () => {
    const { client, transport } = clientOf(() => ({
      status: 201,
      body: { ...pods, ...pod('odds') },
    }));
    const object = { ...pods, ...pod('odds'), 'x-unknown': { default: null } };
    await client.apply(object, { force: true, dryRun: true });
    const { path, headers, body } = transport.asked.at(-1) ?? {};
    expect(path).toBe(
      '/api/v1/namespaces/betting/pods/odds?fieldManager=backstage-sportsbook-scaling&fieldValidation=Strict&force=true&dryRun=All',
    );
    expect(headers?.['Content-Type']).toBe('application/apply-patch+yaml');
    expect(JSON.parse(body ?? '')).toEqual(object);
  });

  it('need a namespace where their kind lives in one', async () => {
    const { client } = clientOf(() => ({ body: {} }));
    await expect(client.get({ ...pods, name: 'odds' })).rejects.toThrow(
      'Pod odds needs a namespace',
    );
  });

  it('are not taken for absent when their API went away after discovery', async () => {
    const { client } = clientOf(() => ({
      status: 404,
      body: '404 page not found\n',
    }));
    await expect(client.get(ref)).rejects.toThrow(ApiNotInstalledError);
    await expect(client.delete(ref)).rejects.toThrow(ApiNotInstalledError);
  });

  it('are not taken for absent when reading them is refused', async () => {
    const { client } = clientOf(() => ({
      status: 503,
      body: { kind: 'Status', message: 'apiserver not ready' },
    }));
    await expect(client.get(ref)).rejects.toThrow(KubernetesApiError);
  });

  it('that are none are refused without being shown', async () => {
    const { client } = clientOf(() => ({ body: '{"secret": "hunter2"}' }));
    const got = client.get(ref);
    await expect(got).rejects.toThrow(/is no Kubernetes API server/);
    await expect(got).rejects.not.toThrow(/hunter2/);
  });
});
