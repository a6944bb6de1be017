import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { PortForwardClient } from '../__testUtils__/PortForwardClient';
import { startTestApi, type TestApi } from '../__testUtils__/startTestApi';
import { FIN } from './spdyFrames';

const PATH = '/api/v1/namespaces/default/pods/web/portforward';
const PROTOCOL = 'SPDY/3.1+portforward.k8s.io';
const WEBSOCKET = {
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': PROTOCOL,
};

describe('port-forward', () => {
  let api: TestApi;
  let backend: Server;
  const clients: PortForwardClient[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    // Answers when the other side has said all.
    backend = createServer({ allowHalfOpen: true }, socket => {
      let said = '';
      socket
        .on('error', () => undefined)
        .on('data', chunk => {
          said += String(chunk);
        })
        .on('end', () =>
          socket.end(
            said === 'much' ? 'a'.repeat(1_000_000) : `you said ${said}`,
          ),
        );
    }).listen(0, '127.0.0.1');
    await once(backend, 'listening');
    const { port } = backend.address() as AddressInfo;
    api.network.pods.set('10.42.0.9:8080', { host: '127.0.0.1', port });
    await api.client.call('/api/v1/namespaces/default/serviceaccounts', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default' },
      },
    });
    await api.client.call('/api/v1/namespaces/default/pods', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'main', image: 'web' }] },
      },
    });
    await api.client.call('/api/v1/namespaces/default/pods/web/status', {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { status: { podIP: '10.42.0.9' } },
    });
  });

  afterEach(() => clients.splice(0).forEach(client => client.close()));

  afterAll(async () => {
    backend.close();
    await api.close();
  });

  async function connect(): Promise<PortForwardClient> {
    const answer = await api.client.upgrade(PATH, WEBSOCKET);
    if (!('socket' in answer)) {
      throw new Error(`refused: ${answer.text}`);
    }
    expect(answer.headers['sec-websocket-protocol']).toBe(PROTOCOL);
    const client = new PortForwardClient(answer.socket);
    clients.push(client);
    return client;
  }

  it('carries connections to a port of the pod, several at a time, and each half by itself', async () => {
    const client = await connect();
    const [first, second] = [await client.open(8080), await client.open(8080)];
    client.write(second.data, 'se');
    client.write(first.data, 'first', FIN);
    client.write(second.data, 'cond', FIN);
    client.ping(7);
    expect(await client.ended(first.data)).toEqual({
      text: 'you said first',
      end: 'end',
    });
    expect(await client.ended(second.data)).toEqual({
      text: 'you said second',
      end: 'end',
    });
    expect(await client.ended(second.error)).toEqual({ text: '', end: 'end' });
    expect(client.pings).toEqual([7]);
  });

  it('carries much', async () => {
    const client = await connect();
    const { data } = await client.open(8080);
    client.write(data, 'much', FIN);
    const { text: answer } = await client.ended(data);
    expect(answer === 'a'.repeat(1_000_000)).toBe(true);
  });

  it('says on the error stream that nobody listens, and goes on with others', async () => {
    const client = await connect();
    const refused = await client.open(9);
    expect((await client.ended(refused.error)).text).toMatch(
      /^error forwarding port 9 to pod [0-9a-f-]{36}, uid : failed to connect to localhost:9 inside pod web: connection refused/,
    );
    expect((await client.ended(refused.data)).end).toBe('reset');
    const { data } = await client.open(8080);
    client.write(data, 'again', FIN);
    expect((await client.ended(data)).text).toBe('you said again');
  });

  it('ends a connection that the client resets, with its error stream', async () => {
    const client = await connect();
    const { data, error } = await client.open(8080);
    client.write(data, 'half');
    client.reset(data);
    expect((await client.ended(error)).end).toBe('end');
  });

  it('closes what is no SPDY', async () => {
    const client = await connect();
    client.babble('GET / HTTP/1.1\r\n\r\n');
    await expect(client.closed).resolves.toBeUndefined();
  });

  it.each([
    [{ upgrade: 'SPDY/3.1' }, 501, 'forwards ports over WebSockets only'],
    [
      { ...WEBSOCKET, 'sec-websocket-protocol': 'v4.channel.k8s.io' },
      501,
      'forwards ports over WebSockets only',
    ],
    [
      { ...WEBSOCKET, authorization: 'Bearer eve' },
      403,
      'cannot create resource',
    ],
    [
      { ...WEBSOCKET, origin: 'https://example.org' },
      403,
      'serves no web pages',
    ],
  ])('refuses %j', async (headers, status, message) => {
    api.refused.add('eve create pods/portforward');
    const answer = await api.client.upgrade(PATH, headers);
    expect(answer).toMatchObject({
      status,
      text: expect.stringContaining(message),
    });
  });

  it('answers whatever else asks for another protocol as if it had not', async () => {
    const answer = await api.client.upgrade('/version', { upgrade: 'h2c' });
    expect(answer).toMatchObject({
      status: 200,
      json: expect.objectContaining({ major: '1' }),
    });
  });

  it('knows no pod that is not there', async () => {
    const answer = await api.client.upgrade(
      PATH.replace('/web/', '/absent/'),
      WEBSOCKET,
    );
    expect(answer).toMatchObject({ status: 404 });
  });

  it('ends with the server', async () => {
    const client = await connect();
    const { data } = await client.open(8080);
    client.write(data, 'for ever');
    await api.server.close();
    await expect(client.closed).resolves.toBeUndefined();
  });
});
