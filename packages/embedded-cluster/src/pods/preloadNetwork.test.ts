import {
  serviceObject,
  sliceObject,
} from '../network/__testUtils__/networkObjects';
import { answerOf } from './__testUtils__/answerOf';
import { IMAGE, isReady, TestNode } from './__testUtils__/TestNode';

jest.setTimeout(30_000);

describe('the network, as a pod sees it', () => {
  const node = new TestNode();
  let ip = '';

  beforeAll(async () => {
    await node.images.push(IMAGE, [
      [
        { name: 'app/empty', content: '' },
        {
          name: 'app/server.js',
          content: `
            const http = require('node:http');
            let connections = 0;
            http.createServer((request, response) => response.end(String(connections)))
              .on('connection', () => { connections += 1; })
              .listen(8080, '::');
            require('node:http2').createServer((request, response) => response.end('h2 ' + request.authority)).listen(8081);
          `,
        },
      ],
    ]);
    await node.start();
    node.runPod('server', {
      command: ['node', 'server.js'],
      readinessProbe: { tcpSocket: { port: 8081 } },
    });
    ip = (await node.until('server', isReady)).status.podIP ?? '';
    node.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'betting' },
    });
    node.apply(
      serviceObject('odds-api', {
        clusterIP: '10.43.0.77',
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'h2', port: 81, targetPort: 8081 },
        ],
      }),
    );
    node.apply({
      ...sliceObject('odds-api', [{ ip }]),
      ports: [
        { name: 'http', port: 8080, protocol: 'TCP' },
        { name: 'h2', port: 8081, protocol: 'TCP' },
      ],
    });
  });

  afterAll(() => node.close());

  it('carries HTTP/2, and connections that are kept', async () => {
    const answers = await answerOf(
      node,
      'kept',
      `
        const http = require('node:http');
        const http2 = require('node:http2');
        const { once } = require('node:events');
        const { text } = require('node:stream/consumers');
        const session = http2.connect('http://odds-api.betting.svc:81');
        const h2 = await text(session.request({ ':path': '/' }));
        session.close();
        const fetched = new Set();
        for (let count = 0; count < 5; count += 1) {
          fetched.add(await (await fetch('http://odds-api.betting.svc/')).text());
        }
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        const asked = new Set();
        for (let count = 0; count < 5; count += 1) {
          const [response] = await once(http.get({ host: 'odds-api.betting', agent, localAddress: require('node:os').networkInterfaces().eth0[0].address }), 'response');
          asked.add(await text(response));
        }
        agent.destroy();
        return [h2, fetched.size < 5, asked.size];
      `,
    );
    // Fewer connections than requests; `fetch` opens a second one where it likes.
    expect(answers).toEqual(['h2 odds-api.betting.svc:81', true, 1]);
  });

  it('listens anew on a port that was just closed, on any port, and for IPv6', async () => {
    const answers = await answerOf(
      node,
      'listening',
      `
        const net = require('node:net');
        const { once } = require('node:events');
        const answers = [];
        for (let count = 0; count < 20; count += 1) {
          const server = net.createServer().listen(7000);
          const [error] = await Promise.race([once(server, 'listening'), once(server, 'error')]);
          if (error) { answers.push(error.code); break; }
          server.close();
          await once(server, 'close');
        }
        const six = net.createServer(socket => socket.end('six')).listen({ port: 7001, host: '::', ipv6Only: false, exclusive: true, reusePort: false });
        await once(six, 'listening');
        answers.push(six.address());
        const socket = net.connect({ host: '::1', port: 7001, family: 6 });
        const [data] = await once(socket, 'data');
        answers.push(String(data));
        const any = net.createServer(one => one.end('any')).listen(0);
        await once(any, 'listening');
        const [more] = await once(net.connect(any.address().port), 'data');
        answers.push(String(more));
        six.close();
        any.close();
        return answers;
      `,
    );
    expect(answers).toEqual([
      { address: '::', family: 'IPv6', port: 7001 },
      'six',
      'any',
    ]);
  });

  it("answers questions to the cluster's name server", async () => {
    const answers = await answerOf(
      node,
      'questions',
      `
        const dns = require('node:dns');
        const { promisify } = require('node:util');
        const codeOf = promise => promise.catch(({ code, syscall }) => code + ' ' + syscall);
        const name = 'odds-api.betting.svc.cluster.local';
        return [
          await dns.promises.resolve4(name),
          await dns.promises.resolve(name, 'A'),
          await promisify(dns.resolve4)(name, { ttl: true }),
          await new dns.promises.Resolver().resolve4(name),
          await promisify(dns.resolve)(name),
          await codeOf(dns.promises.resolve6(name)),
          await codeOf(dns.promises.resolve4('absent.betting.svc.cluster.local')),
          await dns.promises.resolveSrv('_h2._tcp.' + name),
          await codeOf(dns.promises.resolveSrv('_none._tcp.' + name)),
          await promisify(dns.lookup)(name),
          await promisify(dns.lookup)(name, { all: true }),
          await codeOf(dns.promises.lookup(name, 6)),
        ];
      `,
    );
    expect(answers).toEqual([
      ['10.43.0.77'],
      ['10.43.0.77'],
      [{ address: '10.43.0.77', ttl: 30 }],
      ['10.43.0.77'],
      ['10.43.0.77'],
      'ENODATA queryAaaa',
      'ENOTFOUND queryA',
      [
        {
          name: 'odds-api.betting.svc.cluster.local',
          port: 81,
          priority: 0,
          weight: 100,
        },
      ],
      'ENOTFOUND querySrv',
      { address: '10.43.0.77', family: 4 },
      [{ address: '10.43.0.77', family: 4 }],
      'ENOTFOUND getaddrinfo',
    ]);
  });

  it('has Unix domain sockets where the container has them, however deep that is on this machine', async () => {
    const answers = await answerOf(
      node,
      'sockets',
      `
        const fs = require('node:fs');
        const http = require('node:http');
        const net = require('node:net');
        const { once } = require('node:events');
        const { text } = require('node:stream/consumers');
        const codeOf = async target => (await once(target, 'error'))[0].code;
        const answers = [];
        for (const path of ['/scratch/here.sock', '/tmp/here.sock', 'here.sock']) {
          const server = http.createServer((request, response) => response.end('hello')).listen(path);
          await once(server, 'listening');
          const [response] = await once(http.get({ socketPath: path, agent: false }), 'response');
          answers.push([server.address() === path, fs.statSync(path).isSocket(), await text(response)]);
          const second = net.createServer().listen({ path });
          answers.push(await codeOf(second));
          server.close();
          await once(server, 'close');
          answers.push(fs.existsSync(path));
        }
        answers.push(await codeOf(net.connect('/scratch/here.sock')));
        answers.push(await codeOf(net.connect({ path: '/var/run/docker.sock' })));
        answers.push(await codeOf(net.createServer().listen('\\0abstract')));
        answers.push(await codeOf(net.createServer().listen('/proc/x.sock')));
        return answers;
      `,
      {
        securityContext: {},
        volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      },
      { volumes: [{ name: 'scratch', emptyDir: {} }] },
    );
    const each = [[true, true, 'hello'], 'EADDRINUSE', false];
    expect(answers).toEqual([
      ...each,
      ...each,
      ...each,
      'ENOENT',
      'ENOENT',
      'EACCES',
      'EACCES',
    ]);
  });

  it('carries no UDP to the cluster, and says so', async () => {
    const answers = await answerOf(
      node,
      'datagrams',
      `
        const dgram = require('node:dgram');
        const { once } = require('node:events');
        const answers = [];
        const socket = dgram.createSocket('udp4');
        for (const host of ['odds-api.betting.svc', '10.43.0.77', '${ip}']) {
          socket.send('x', 8125, host);
          answers.push((await once(socket, 'error'))[0].message);
        }
        answers.push(await new Promise(resolve => socket.send('x', 8125, 'odds-api.betting', error => resolve(error.code))));
        const receiver = dgram.createSocket('udp4').bind(0);
        await once(receiver, 'listening');
        socket.send('own', receiver.address().port, 'localhost');
        answers.push(String((await once(receiver, 'message'))[0]));
        socket.close();
        receiver.close();
        return answers;
      `,
    );
    expect(answers).toEqual([
      ...['odds-api.betting.svc', '10.43.0.77', ip].map(
        host =>
          `send ENETUNREACH ${host}: the embedded cluster carries TCP; UDP reaches neither its Services nor its other pods`,
      ),
      'ENETUNREACH',
      'own',
    ]);
  });

  it('takes no word of a process for where it listens', async () => {
    await answerOf(
      node,
      'claiming',
      `
        const fs = require('node:fs');
        fs.writeSync(3, JSON.stringify({ listening: { port: 9000, real: 22 } }) + '\\n');
        return new Promise(resolve => setTimeout(resolve, 200));
      `,
    ).catch(() => undefined);
    const isSaid = node.log.some(line =>
      line.includes(
        'pod default/claiming: its process says that port 9000 is port 22 of this machine, where it does not listen',
      ),
    );
    // Other systems do not tell who listens.
    expect(isSaid).toBe(process.platform === 'linux');
  });
});
