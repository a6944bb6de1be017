/** What goes wrong between a client and its cluster once Backstage stands in between. */
import {
  BackstageRefusedError,
  ClusterUnreachableError,
  UnknownClusterError,
} from '../../errors';
import { KubernetesClient, WatchOptions } from '../../ports/KubernetesClient';
import { sleep } from '../../sleep';
import {
  KubernetesBackend,
  startKubernetesBackend,
} from '../__testUtils__/startKubernetesBackend';
import { WatchedConfigMaps } from '../__testUtils__/WatchedConfigMaps';
import { BackstageClusterClients } from './BackstageClusterClients';
import { serviceToken } from './serviceToken';

jest.setTimeout(60_000);

const configMaps = { apiVersion: 'v1', kind: 'ConfigMap' };
const once = { budgetSeconds: 0 };

let cluster: WatchedConfigMaps;
let kubernetes: KubernetesBackend;
let clients: BackstageClusterClients;

beforeAll(async () => {
  cluster = await new WatchedConfigMaps().start();
  kubernetes = await startKubernetesBackend({
    clusters: [
      { name: 'alive', url: cluster.url },
      // The discard port, on which nothing listens.
      { name: 'gone', url: 'http://127.0.0.1:9' },
    ],
  });
  clients = new BackstageClusterClients({ ...kubernetes, retry: once });
  // The proxy loads its parts with its first call.
  await clients.client('alive').discover();
});

afterAll(async () => {
  clients.close();
  await kubernetes.backend.stop();
  await cluster.stop();
});

beforeEach(() => {
  cluster.requests.length = 0;
});

/** Milliseconds until the first event, and until the end. */
async function timeWatch(client: KubernetesClient, options: WatchOptions) {
  const started = performance.now();
  let firstEvent = Number.POSITIVE_INFINITY;
  for await (const event of client.watch(configMaps, options)) {
    expect(event.type).toBe('ADDED');
    firstEvent = Math.min(firstEvent, performance.now() - started);
  }
  return { firstEvent, end: performance.now() - started };
}

describe('a watch through the root router', () => {
  it('brings each event when it happens', async () => {
    const times = await timeWatch(clients.client('alive'), {
      timeoutSeconds: 2,
    });
    expect(times.end - times.firstEvent).toBeGreaterThan(1_500);
  });

  it('would bring nothing before its end if it were compressed', async () => {
    const token = await serviceToken(kubernetes.auth);
    const response = await fetch(
      `${kubernetes.baseUrl}/api/kubernetes/proxy/api/v1/configmaps?watch=true&timeoutSeconds=2`,
      {
        headers: {
          Authorization: `Bearer ${token}`,
          'Backstage-Kubernetes-Cluster': 'alive',
          'Accept-Encoding': 'gzip',
        },
      },
    );
    const first = response.body?.getReader().read();
    const early = await Promise.race([
      first?.then(() => 'an event'),
      sleep(1_000).then(() => 'nothing'),
    ]);
    expect(early).toBe('nothing');
    await first;
  });

  it.each([
    [undefined, 240],
    [3_600, 290],
  ])(
    'that may last %p s is ended by the server after %i s, before Node gives it up',
    async (timeoutSeconds, expected) => {
      const controller = new AbortController();
      const watching = (async () => {
        for await (const event of clients.client('alive').watch(configMaps, {
          timeoutSeconds,
          signal: controller.signal,
        })) {
          controller.abort(new Error(`saw ${event.type}`));
        }
      })();
      await expect(watching).rejects.toThrow('saw ADDED');
      const asked = cluster.requests
        .map(({ url }) => new URL(url ?? '', cluster.url).searchParams)
        .filter(parameters => parameters.has('watch'))
        .map(parameters => Number(parameters.get('timeoutSeconds')));
      expect(asked).toEqual([expected]);
    },
  );

  it('ends for the caller at once when it is aborted, and for the server at its timeout', async () => {
    const before = cluster.openWatches.size;
    const started = performance.now();
    await expect(
      timeWatch(clients.client('alive'), {
        timeoutSeconds: 2,
        signal: AbortSignal.timeout(300),
      }),
    ).rejects.toThrow('timeout');
    expect(performance.now() - started).toBeLessThan(1_500);
    await sleep(2_500);
    expect(cluster.openWatches.size).toBeLessThanOrEqual(before);
  });

  it('ends for the backend when the caller leaves the loop', async () => {
    for await (const event of clients.client('alive').watch(configMaps)) {
      expect(event.type).toBe('ADDED');
      break;
    }
    // The connection is free again: the next call is answered.
    expect(await clients.client('alive').version()).toEqual({
      gitVersion: 'v1.36.3',
    });
  });
});

describe('whose answer it is', () => {
  it('names the clusters that there are when one is unknown', async () => {
    const asked = clients.client('prod').version();
    await expect(asked).rejects.toThrow(UnknownClusterError);
    await expect(asked).rejects.toThrow(
      "knows no cluster 'prod'. It knows alive, gone.",
    );
  });

  it('says why a cluster cannot be reached', async () => {
    const asked = clients.client('gone').version();
    await expect(asked).rejects.toThrow(ClusterUnreachableError);
    await expect(asked).rejects.toThrow(
      'Cluster gone cannot be reached: connect ECONNREFUSED 127.0.0.1:9.',
    );
  });

  it('says what to configure when Backstage serves no kubernetes plugin', async () => {
    const bare = await startKubernetesBackend({
      clusters: [],
      configured: false,
    });
    const asked = new BackstageClusterClients({ ...bare, retry: once })
      .client('alive')
      .version();
    await expect(asked).rejects.toThrow(BackstageRefusedError);
    await expect(asked).rejects.toThrow(/a 'kubernetes' section/);
    await bare.backend.stop();
  });
});

describe('whose credentials the cluster sees', () => {
  const seen = () => cluster.requests.map(r => r.headers.authorization);

  it('are its own by default', async () => {
    await clients.client('alive').version();
    expect(seen()).toEqual(['Bearer token-of-the-cluster']);
  });

  it('are the user’s where his token is given', async () => {
    await clients.client('alive', { userToken: 'token-of-the-user' }).version();
    expect(seen()).toEqual(['Bearer token-of-the-user']);
  });
});

describe('while Backstage shuts down', () => {
  it('ends open watches without an error, holds new calls, and lets the backend stop', async () => {
    const stopping = await startKubernetesBackend({
      clusters: [{ name: 'alive', url: cluster.url }],
    });
    const client = new BackstageClusterClients({
      ...stopping,
      retry: once,
    }).client('alive');
    let release: () => void = () => {};
    stopping.lifecycle.addShutdownHook(
      () => new Promise<void>(resolve => (release = resolve)),
    );
    const watched = timeWatch(client, {});
    await sleep(500);

    const stopped = stopping.backend.stop();
    await watched;
    const controller = new AbortController();
    const held = client.version({ signal: controller.signal });
    const settled = await Promise.race([
      held.then(
        () => 'answered',
        () => 'failed',
      ),
      sleep(1_500).then(() => 'held'),
    ]);
    expect(settled).toBe('held');
    controller.abort(new Error('the process ends'));
    await expect(held).rejects.toThrow('the process ends');

    release();
    await stopped;
  });
});
