import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { serviceObject, sliceObject } from './__testUtils__/networkObjects';
import { portOf, TestNetwork } from './__testUtils__/TestNetwork';

/** A port that nobody has at the moment, of the range of node ports. */
async function freeNodePort(): Promise<number> {
  for (;;) {
    const port = 30_000 + Math.floor(Math.random() * 2_768);
    const server = createServer();
    server.listen(port, '127.0.0.1');
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]).catch(() => false);
    if (free) {
      server.close();
      await once(server, 'close');
      return port;
    }
  }
}

function get(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent: false })
      .on('response', response => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      })
      .on('error', reject)
      .end();
  });
}

async function eventually(action: () => void | Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await action();
      return;
    } catch (error) {
      if (tries > 200) {
        throw error;
      }
      await sleep(10);
    }
  }
}

describe('createNetwork', () => {
  const test = new TestNetwork();
  let ip = '';
  let seen: { host?: string; url?: string; body: string }[] = [];

  beforeAll(async () => {
    await test.start();
    ip = await test.pod((incoming, response) => {
      let body = '';
      incoming.on('data', chunk => {
        body += chunk;
      });
      incoming.on('end', () => {
        seen.push({ host: incoming.headers.host, url: incoming.url, body });
        if (incoming.url === '/moved') {
          response.writeHead(302, { location: '/there' }).end();
        } else if (incoming.url === '/packed') {
          response
            .writeHead(200, { 'content-encoding': 'gzip' })
            .end(gzipSync('unpacked'));
        } else if (incoming.url === '/empty') {
          response.writeHead(204).end();
        } else {
          response
            .writeHead(200, { 'set-cookie': ['a=1', 'b=2'] })
            .end('hello');
        }
      });
    });
    test.put(serviceObject('odds-api'));
    test.put(sliceObject('odds-api', [{ ip }]));
  });

  beforeEach(() => {
    seen = [];
  });

  afterAll(() => test.close());

  describe('fetch', () => {
    const fetchIt = (path: string, init?: RequestInit) =>
      test.running.network.fetch(`http://odds-api.betting.svc${path}`, init);

    it('asks a Service by its name and keeps the name in the Host header', async () => {
      const response = await fetchIt('/x?a=b', {
        method: 'POST',
        body: 'some text',
      });
      expect(await response.text()).toBe('hello');
      expect(response.status).toBe(200);
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      expect(seen).toEqual([
        { host: 'odds-api.betting.svc', url: '/x?a=b', body: 'some text' },
      ]);
    });

    it('follows redirects within the cluster, unless it is told not to', async () => {
      expect(await (await fetchIt('/moved')).text()).toBe('hello');
      expect((await fetchIt('/moved', { redirect: 'manual' })).status).toBe(
        302,
      );
    });

    it('unpacks what comes packed', async () => {
      expect(await (await fetchIt('/packed')).text()).toBe('unpacked');
    });

    it('gives an answer without a body', async () => {
      const response = await fetchIt('/empty');
      expect([response.status, await response.text()]).toEqual([204, '']);
    });

    it('fails as fetch does for a name that is unknown and a port that is closed', async () => {
      const { network } = test.running;
      await expect(
        network.fetch('http://nobody.betting.svc/'),
      ).rejects.toMatchObject({
        name: 'TypeError',
        cause: { code: 'ENOTFOUND', hostname: 'nobody.betting.svc' },
      });
      await expect(network.fetch(`http://${ip}:9/`)).rejects.toMatchObject({
        name: 'TypeError',
        cause: { code: 'ECONNREFUSED', address: ip, port: 9 },
      });
    });

    it('ends with its signal', async () => {
      await expect(
        fetchIt('/', { signal: AbortSignal.abort(new Error('enough')) }),
      ).rejects.toThrow('enough');
    });
  });

  it('finds the port of a Service by number and by name', () => {
    const { network } = test.running;
    const where = { namespace: 'betting', name: 'odds-api' };
    const byName = network.dialService({ ...where, port: 'http' });
    expect(byName.status).toBe('ok');
    expect(network.dialService({ ...where, port: '80' })).toEqual(byName);
    expect(network.dialService({ ...where, port: 'other' })).toEqual({
      status: 'refused',
    });
    expect(
      network.dialService({ ...where, name: 'nobody', port: '80' }),
    ).toEqual({ status: 'unknown' });
  });

  it('tells of changed routes once for several changes', async () => {
    const { network } = test.running;
    await new Promise(resolve => setImmediate(resolve));
    const told = jest.fn();
    const end = network.onRoutesChanged(told);
    const podIP = network.takePodAddress();
    network.listen(podIP, 9090, { host: '127.0.0.1', port: 45_678 });
    await new Promise(resolve => setImmediate(resolve));
    expect(told).toHaveBeenCalledTimes(1);
    expect(network.routes().pods[podIP]).toEqual({ 9090: 45_678 });
    network.releasePodAddress(podIP);
    end();
    expect(network.routes().pods[podIP]).toBeUndefined();
  });

  describe('node ports', () => {
    it('come and go with the Service and lead to its endpoints', async () => {
      const nodePort = await freeNodePort();
      const service = serviceObject('public', {
        type: 'NodePort',
        ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort }],
      });
      test.put(service);
      await eventually(() =>
        expect(get(nodePort)).rejects.toMatchObject({ code: 'ECONNRESET' }),
      );
      test.put(sliceObject('public', [{ ip }]));
      expect(await get(nodePort)).toBe('hello');
      test.remove(service);
      await eventually(() =>
        expect(get(nodePort)).rejects.toMatchObject({ code: 'ECONNREFUSED' }),
      );
    });

    it('keep half of a connection open that the other side has closed', async () => {
      const nodePort = await freeNodePort();
      test.put(
        serviceObject('half', {
          type: 'NodePort',
          ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort }],
        }),
      );
      test.put(sliceObject('half', [{ ip }]));
      const socket = connect(nodePort, '127.0.0.1');
      socket.setEncoding('utf8');
      socket.end(
        'GET /late HTTP/1.1\r\nHost: half\r\nConnection: close\r\n\r\n',
      );
      let text = '';
      for await (const chunk of socket) {
        text += chunk;
      }
      expect(text).toContain('hello');
    });

    it('drop the connection where a listener cannot be connected to', async () => {
      const nodePort = await freeNodePort();
      const odd = test.running.network.takePodAddress();
      test.running.network.listen(odd, 8080, {
        host: '127.0.0.1',
        port: 99_999_999,
      });
      test.put(
        serviceObject('odd', {
          type: 'NodePort',
          ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort }],
        }),
      );
      test.put(sliceObject('odd', [{ ip: odd }]));
      await eventually(() =>
        expect(get(nodePort)).rejects.toMatchObject({ code: 'ECONNRESET' }),
      );
    });

    it('do not lead to a node port, be it through a pod that claims to listen there', async () => {
      const nodePort = await freeNodePort();
      const claiming = test.running.network.takePodAddress();
      test.running.network.listen(claiming, 8080, {
        host: '127.0.0.1',
        port: nodePort,
      });
      test.put(
        serviceObject('circle', {
          type: 'NodePort',
          ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort }],
        }),
      );
      test.put(sliceObject('circle', [{ ip: claiming }]));
      // Else it would go round until it was out of descriptors.
      await eventually(() =>
        expect(get(nodePort)).rejects.toMatchObject({ code: 'ECONNRESET' }),
      );
    });

    it('that another process has are said to be so on the Service', async () => {
      const other = createServer();
      let nodePort = 0;
      do {
        nodePort = await freeNodePort();
        other.listen(nodePort, '127.0.0.1');
        await once(other, 'listening');
      } while (portOf(other) !== nodePort);
      test.put(
        serviceObject('taken', {
          type: 'NodePort',
          ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort }],
        }),
      );
      await eventually(() =>
        expect(test.events()).toContainEqual(
          expect.objectContaining({
            type: 'Warning',
            reason: 'NodePortUnavailable',
            message: expect.stringContaining(
              `Node port ${nodePort} cannot be opened on 127.0.0.1 (listen EADDRINUSE`,
            ),
            involvedObject: expect.objectContaining({ name: 'taken' }),
          }),
        ),
      );
      other.close();
    });
  });
});
