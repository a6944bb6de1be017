import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { portOf } from '../../network/__testUtils__/TestNetwork';
import { probeOnce, type ProbeTarget } from './probeOnce';

describe('probeOnce', () => {
  let server: Server;
  let agents: (string | undefined)[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      agents.push(request.headers['user-agent'], request.headers.host);
      switch (request.url) {
        case '/well':
          response.end();
          break;
        case '/moved':
          response.writeHead(302, { location: '/' }).end();
          break;
        case '/ill':
          response.writeHead(503).end();
          break;
        case '/broken':
          request.socket.destroy();
          break;
        default:
          // Never answered.
          break;
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  beforeEach(() => {
    agents = [];
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const target: ProbeTarget = {
    container: { ports: [{ name: 'http', containerPort: 8080 }] },
    podIP: '10.42.0.2',
    dial: port =>
      port === 8080
        ? {
            status: 'ok',
            address: { host: '127.0.0.1', port: portOf(server) },
          }
        : { status: 'refused' },
  };
  const ask = (probe: Record<string, unknown>, timeoutSeconds = 1) =>
    probeOnce(probe, timeoutSeconds, target, new AbortController().signal);
  const get = (path: string, port: number | string = 'http') => ({
    httpGet: { path, port, scheme: 'HTTP', httpHeaders: [] },
  });

  it.each(['/well', '/moved'])('is content with %s', async path => {
    expect(await ask(get(path))).toEqual({ status: 'success' });
  });

  it('asks as the kubelet does', async () => {
    await ask(get('/well'));
    expect(agents).toEqual(['kube-probe/1.36', '10.42.0.2:8080']);
  });

  it.each([
    [get('/ill'), 'HTTP probe failed with statuscode: 503'],
    [
      get('/well', 81),
      'Get "http://10.42.0.2:81/well": dial tcp 10.42.0.2:81: connect: connection refused',
    ],
    [get('/well', 'none'), "couldn't find port: none"],
    [get('/broken'), 'Get "http://10.42.0.2:8080/broken": EOF'],
    [
      { tcpSocket: { port: 81 } },
      'dial tcp 10.42.0.2:81: connect: connection refused',
    ],
    [
      { exec: { command: ['true'] } },
      'the embedded cluster has no exec probes: use httpGet or tcpSocket',
    ],
  ])('says what is wrong with %j', async (probe, message) => {
    expect(await ask(probe)).toEqual({ status: 'failure', message });
  });

  it('gives up after its time', async () => {
    expect(await ask(get('/silent'), 0.1)).toEqual({
      status: 'failure',
      message:
        'Get "http://10.42.0.2:8080/silent": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    });
  });

  it('connects', async () => {
    expect(await ask({ tcpSocket: { port: 'http' } })).toEqual({
      status: 'success',
    });
  });
});
