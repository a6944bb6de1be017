import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { ClusterUnreachableError } from '../../errors';
import { sleep } from '../../sleep';
import {
  answerJson,
  HttpServer,
  startHttpServer,
} from '../__testUtils__/startHttpServer';
import { kubeConfigClient } from './kubeConfigClient';
import { KubeConfigTransport } from './KubeConfigTransport';
import { defaultKubeconfigPaths, openKubeconfig } from './openKubeconfig';

const request = {
  method: 'GET',
  path: '/version',
  timeoutSeconds: 5,
} as const;

let server: HttpServer | undefined;

afterEach(async () => {
  await server?.stop();
});

async function kubeConfigOf(url: string) {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      { name: 'dev', server: url, skipTLSVerify: true },
      { name: 'prod', server: 'http://127.0.0.1:9', skipTLSVerify: true },
    ],
    users: [{ name: 'me', token: 'my-token' }],
    contexts: [
      { name: 'dev', cluster: 'dev', user: 'me' },
      { name: 'prod', cluster: 'prod', user: 'me' },
      { name: 'broken', cluster: 'none', user: 'me' },
    ],
    currentContext: 'prod',
  });
  return kubeConfig;
}

async function transportTo(handler: http.RequestListener) {
  server = await startHttpServer(handler);
  const kubeConfig = await kubeConfigOf(server.url);
  kubeConfig.setCurrentContext('dev');
  return new KubeConfigTransport({ kubeConfig, server: server.url });
}

describe('contexts', () => {
  it('uses the named one, and leaves the current one as it is', async () => {
    const seen: (string | undefined)[] = [];
    server = await startHttpServer(({ headers }, response) => {
      seen.push(headers.authorization);
      answerJson(response, { gitVersion: 'v1.36.3' });
    });
    const kubeConfig = await kubeConfigOf(server.url);
    const { client, close } = await kubeConfigClient({
      kubeConfig,
      context: 'dev',
    });
    expect(client.cluster).toBe('dev');
    expect(await client.version()).toEqual({ gitVersion: 'v1.36.3' });
    expect(seen).toEqual(['Bearer my-token']);
    expect(kubeConfig.getCurrentContext()).toBe('prod');
    close();
  });

  it('lists those that there are when one is unknown', async () => {
    const kubeConfig = await kubeConfigOf('http://127.0.0.1:9');
    await expect(
      kubeConfigClient({ kubeConfig, context: 'test' }),
    ).rejects.toThrow(
      "The kubeconfig has no context 'test'. It has dev, prod, broken.",
    );
  });

  it('says when one refers to nothing', async () => {
    const kubeConfig = await kubeConfigOf('http://127.0.0.1:9');
    await expect(
      kubeConfigClient({ kubeConfig, context: 'broken' }),
    ).rejects.toThrow(/names a cluster or a user that the kubeconfig does not/);
  });
});

describe('kubeconfigs in files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kubeconfigs-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function write(name: string, contexts: string[], url: string) {
    const file = path.join(folder, name);
    const kubeConfig = {
      clusters: [{ name: 'c', cluster: { server: url } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: contexts.map(context => ({
        name: context,
        context: { cluster: 'c', user: 'u', namespace: `of-${context}` },
      })),
      'current-context': contexts[0],
    };
    await writeFile(file, JSON.stringify(kubeConfig));
    return file;
  }

  it('are read together, the first that names a thing counts', async () => {
    const one = await write('one', ['dev'], 'https://one');
    const two = await write('two', ['dev', 'prod'], 'https://two');
    const opened = await openKubeconfig({ paths: [one, two] });
    expect(opened.contexts).toEqual([
      { name: 'dev', server: 'https://one', namespace: 'of-dev' },
      { name: 'prod', server: 'https://one', namespace: 'of-prod' },
    ]);
    expect(opened.currentContext).toBe('dev');
    const { client, close } = await opened.connect('prod');
    expect(client.cluster).toBe('prod');
    close();
  });

  it('are those of KUBECONFIG that exist, or the one of the home folder', async () => {
    const one = await write('one', ['dev'], 'https://one');
    const missing = path.join(folder, 'missing');
    expect(
      defaultKubeconfigPaths({
        KUBECONFIG: [missing, one].join(path.delimiter),
      }),
    ).toEqual([one]);
    expect(defaultKubeconfigPaths({ KUBECONFIG: missing })).toEqual([missing]);
    expect(defaultKubeconfigPaths({})).toEqual([
      path.join(homedir(), '.kube', 'config'),
    ]);
    await expect(openKubeconfig({ paths: [missing] })).rejects.toThrow(
      /The kubeconfig .*missing cannot be read: ENOENT/,
    );
  });
});

describe('the way there', () => {
  it('keeps its connection for the next call', async () => {
    const sockets = new Set<unknown>();
    const transport = await transportTo(({ socket }, response) => {
      sockets.add(socket);
      answerJson(response, {});
    });
    await transport.send(request);
    await transport.send(request);
    expect(sockets.size).toBe(1);
    transport.close();
  });

  it('says why a server cannot be reached', async () => {
    const { client } = await kubeConfigClient({
      kubeConfig: await kubeConfigOf('http://127.0.0.1:9'),
      context: 'prod',
      retry: { budgetSeconds: 0 },
    });
    const asked = client.version();
    await expect(asked).rejects.toThrow(ClusterUnreachableError);
    await expect(asked).rejects.toThrow(
      /Cluster prod cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:9\./,
    );
  });

  it('gives up what takes too long, streams only until they start', async () => {
    const transport = await transportTo(({ url }, response) => {
      if (url === '/stream') {
        response.writeHead(200).write('first ');
        setTimeout(() => response.end('last'), 600);
      }
    });
    const short = { ...request, timeoutSeconds: 0.3 };
    await expect(transport.send(short)).rejects.toThrow(
      'no answer within 0.3 s',
    );
    await expect(transport.open(short)).rejects.toThrow(
      'no answer within 0.3 s',
    );
    const stream = await transport.open({ ...short, path: '/stream' });
    const parts: string[] = [];
    for await (const chunk of stream.chunks) {
      parts.push(Buffer.from(chunk).toString());
    }
    expect(parts.join('')).toBe('first last');
  });

  it('ends open streams without an error when it is closed', async () => {
    let gone = false;
    const transport = await transportTo((_, response) => {
      response.on('close', () => {
        gone = true;
      });
      response.writeHead(200).write('first');
    });
    const stream = await transport.open(request);
    for await (const chunk of stream.chunks) {
      expect(Buffer.from(chunk).toString()).toBe('first');
      transport.close();
    }
    await sleep(100);
    expect(gone).toBe(true);
  });

  it('tells a stream that breaks off from one that ends', async () => {
    const transport = await transportTo((_, response) => {
      response.writeHead(200).write('first');
      setTimeout(() => response.destroy(), 100);
    });
    const { chunks } = await transport.open(request);
    const reading = (async () => {
      for await (const chunk of chunks) {
        expect(Buffer.from(chunk).toString()).toBe('first');
      }
    })();
    await expect(reading).rejects.toThrow(ClusterUnreachableError);
  });
});
