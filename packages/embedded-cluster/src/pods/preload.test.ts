import { answerOf } from './__testUtils__/answerOf';
import { IMAGE, isReady, TestNode } from './__testUtils__/TestNode';
import {
  serviceObject,
  sliceObject,
} from '../network/__testUtils__/networkObjects';

jest.setTimeout(30_000);

/** What every pod gets, of the Service `default/kubernetes`. */
const KUBERNETES_VARIABLES = [
  'KUBERNETES_PORT',
  'KUBERNETES_PORT_443_TCP',
  'KUBERNETES_PORT_443_TCP_ADDR',
  'KUBERNETES_PORT_443_TCP_PORT',
  'KUBERNETES_PORT_443_TCP_PROTO',
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'KUBERNETES_SERVICE_PORT_HTTPS',
];

describe('what is loaded into a pod before its program', () => {
  const node = new TestNode();
  let ip = '';

  beforeAll(async () => {
    await node.images.push(IMAGE, [
      [
        { name: 'app', type: 'directory' },
        {
          name: 'app/server.js',
          content: `
            const http = require('node:http');
            http.createServer((request, response) => response.end(request.headers.host)).listen(8080);
          `,
        },
        { name: 'app/data.txt', content: 'from the image' },
        {
          name: 'app/module.mjs',
          content: `
            import { readFileSync } from 'node:fs';
            import { hostname } from 'node:os';
            console.log(JSON.stringify([readFileSync('/app/data.txt', 'utf8'), hostname()]));
          `,
        },
        {
          name: 'app/threads.js',
          content: `
            const { Worker, isMainThread } = require('node:worker_threads');
            if (isMainThread) {
              new Worker(__filename);
            } else {
              fetch('http://odds-api.betting.svc:80/').then(async response =>
                console.log(JSON.stringify([await response.text(), require('node:fs').readFileSync('/app/data.txt', 'utf8')])));
            }
          `,
        },
      ],
    ]);
    await node.start();
    node.runPod('server', {
      command: ['node', 'server.js'],
      readinessProbe: { httpGet: { path: '/', port: 8080 } },
    });
    ip = (await node.until('server', isReady)).status.podIP ?? '';
    node.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'betting' },
    });
    node.apply(serviceObject('odds-api', { clusterIP: '10.43.0.77' }));
    node.apply(sliceObject('odds-api', [{ ip }]));
    node.apply(serviceObject('nobody', { clusterIP: '10.43.0.78' }));
  });

  afterAll(() => node.close());

  it('leads http and fetch to Services and pods, by every name that they have', async () => {
    const answers = await answerOf(
      node,
      'client',
      `
        const http = require('node:http');
        const get = url => new Promise((resolve, reject) => http.get(url, { agent: false }, response => {
          response.setEncoding('utf8').on('data', resolve);
        }).on('error', reject));
        const answers = [];
        for (const host of ['odds-api.betting', 'odds-api.betting.svc', 'odds-api.betting.svc.cluster.local', '10.43.0.77', '${ip}:8080']) {
          answers.push(await get('http://' + host + '/'), await (await fetch('http://' + host + '/')).text());
        }
        return answers;
      `,
    );
    expect(answers).toEqual(
      [
        'odds-api.betting',
        'odds-api.betting.svc',
        'odds-api.betting.svc.cluster.local',
        '10.43.0.77',
        `${ip}:8080`,
      ].flatMap(host => [host, host]),
    );
  });

  it('gives the errors of a real network', async () => {
    const answers = await answerOf(
      node,
      'lost',
      `
        const net = require('node:net');
        const codeOf = (port, host) => new Promise(resolve => net.connect(port, host).on('error', error => resolve(error.code)).on('connect', () => resolve('connected')));
        return Promise.all([
          codeOf(80, 'absent.betting.svc'),
          codeOf(80, 'nobody.betting.svc'),
          codeOf(81, 'odds-api.betting.svc'),
          codeOf(9, '${ip}'),
          codeOf(5432, 'localhost'),
          codeOf(5432, '127.0.0.1'),
          fetch('http://absent.betting.svc/').catch(error => error.cause.code),
          fetch('http://nobody.betting.svc/').catch(error => error.cause.code),
        ]);
      `,
    );
    expect(answers).toEqual([
      'ENOTFOUND',
      'ECONNREFUSED',
      'ECONNREFUSED',
      'ECONNREFUSED',
      'ECONNREFUSED',
      'ECONNREFUSED',
      'ENOTFOUND',
      'ECONNREFUSED',
    ]);
  });

  it('resolves names and tells its own', async () => {
    const answers = await answerOf(
      node,
      'named',
      `
        const dns = require('node:dns');
        const os = require('node:os');
        const { promisify } = require('node:util');
        return [
          await dns.promises.lookup('odds-api.betting.svc'),
          await promisify(dns.lookup)('odds-api.betting', { all: true }),
          await dns.promises.lookup('absent.betting.svc').catch(error => error.code),
          (await dns.promises.lookup(os.hostname())).address === os.networkInterfaces().eth0[0].address,
          os.hostname(), process.env.HOSTNAME,
        ];
      `,
    );
    expect(answers).toEqual([
      { address: '10.43.0.77', family: 4 },
      expect.anything(),
      'ENOTFOUND',
      true,
      'named',
      'named',
    ]);
  });

  it('lets a pod reach its own listeners, and keeps two from one port', async () => {
    const answers = await answerOf(
      node,
      'own',
      `
        const net = require('node:net');
        const { once } = require('node:events');
        const server = net.createServer(socket => socket.end('hello')).listen(7000, '0.0.0.0');
        await once(server, 'listening');
        const second = net.createServer().listen({ port: '7000' });
        const [error] = await once(second, 'error');
        const free = net.createServer().listen(0);
        await once(free, 'listening');
        const texts = [];
        for (const host of ['localhost', '127.0.0.1', '::1', require('node:os').hostname()]) {
          const socket = net.connect({ host, port: 7000 });
          const [data] = await once(socket, 'data');
          texts.push(String(data));
        }
        const told = [server.address(), free.address().port > 0];
        server.close(); free.close();
        const after = await once(net.connect(7000), 'error').catch(error => [error]);
        return [...told, error.code, error.message, texts, after[0].code];
      `,
    );
    expect(answers).toEqual([
      { address: '0.0.0.0', family: 'IPv4', port: 7000 },
      true,
      'EADDRINUSE',
      'listen EADDRINUSE: address already in use :::7000',
      ['hello', 'hello', 'hello', 'hello'],
      'ECONNREFUSED',
    ]);
  });

  it('answers for paths of the image, from ES modules too', async () => {
    node.runPod(
      'esm',
      { command: ['node', '/app/module.mjs'] },
      { restartPolicy: 'Never' },
    );
    await node.until('esm', ({ status }) => status.phase === 'Succeeded');
    expect(JSON.parse(await node.logs('esm'))).toEqual([
      'from the image',
      'esm',
    ]);
  });

  it('is there in worker threads', async () => {
    node.runPod(
      'threads',
      { command: ['node', 'threads.js'] },
      { restartPolicy: 'Never' },
    );
    await node.until('threads', ({ status }) => status.phase === 'Succeeded');
    expect(JSON.parse(await node.logs('threads'))).toEqual([
      'odds-api.betting.svc',
      'from the image',
    ]);
  });

  it('holds a program to its files, its environment and to no other programs', async () => {
    const answers = await answerOf(
      node,
      'held',
      `
        const fs = require('node:fs');
        const codeOf = action => { try { return action() ?? 'done'; } catch (error) { return error.code; } };
        return [
          codeOf(() => fs.readFileSync('/app/data.txt', 'utf8')),
          codeOf(() => fs.readFileSync('/etc/passwd')),
          codeOf(() => fs.readFileSync(${JSON.stringify(__filename)})),
          codeOf(() => fs.readFileSync('../../../../../../../../../../etc/passwd')),
          codeOf(() => fs.writeFileSync('/app/data.txt', 'x')),
          codeOf(() => fs.writeFileSync('/tmp/x', 'x')),
          codeOf(() => fs.writeFileSync('/scratch/x', 'x')),
          codeOf(() => fs.readFileSync('/scratch/x', 'utf8')),
          codeOf(() => require('node:child_process').spawnSync('ls')),
          codeOf(() => fs.readFileSync('/proc/self/status').length > 0),
          Object.keys(process.env).sort(),
          process.send === undefined,
        ];
      `,
      {
        env: [{ name: 'DECLARED', value: '$(HOSTNAME)/$$' }],
        volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      },
      {
        enableServiceLinks: false,
        volumes: [{ name: 'scratch', emptyDir: {} }],
      },
    );
    expect(answers).toEqual([
      'from the image',
      'ENOENT',
      'ENOENT',
      'ENOENT',
      'ERR_ACCESS_DENIED',
      'ERR_ACCESS_DENIED',
      'done',
      'x',
      'ERR_ACCESS_DENIED',
      expect.anything(),
      [
        'DECLARED',
        'HOME',
        'HOSTNAME',
        ...KUBERNETES_VARIABLES,
        'NODE_VERSION',
        'PATH',
        'TMPDIR',
      ],
      true,
    ]);
  });

  it('holds worker threads whatever options they are given, and UDP to loopback', async () => {
    const answers = await answerOf(
      node,
      'held-threads',
      `
        const { Worker } = require('node:worker_threads');
        const { once } = require('node:events');
        const code = "let read; try { require('node:fs').readFileSync('/proc/version'); read = 'read' } catch (error) { read = error.code } require('node:worker_threads').parentPort.postMessage([read, require('node:os').hostname()])";
        const answers = [];
        for (const options of [{}, { execArgv: [] }, { env: { NODE_OPTIONS: '--allow-fs-read=*' } }]) {
          answers.push((await once(new Worker(code, { eval: true, ...options }), 'message'))[0]);
        }
        const socket = require('node:dgram').createSocket('udp4').bind(0, '0.0.0.0');
        await once(socket, 'listening');
        answers.push(socket.address().address);
        socket.close();
        return answers;
      `,
    );
    expect(answers).toEqual([
      ['ERR_ACCESS_DENIED', 'held-threads'],
      ['ERR_ACCESS_DENIED', 'held-threads'],
      ['ERR_ACCESS_DENIED', 'held-threads'],
      '127.0.0.1',
    ]);
  });

  it('lets a program write beside itself where its root may be written, and keeps the image as it is', async () => {
    const program = `
      const fs = require('node:fs');
      const before = fs.readFileSync('/app/data.txt', 'utf8');
      fs.writeFileSync('/app/data.txt', 'changed');
      fs.writeFileSync('/tmp/x', 'x');
      return [before, fs.readFileSync('data.txt', 'utf8')];
    `;
    const container = { securityContext: {} };
    expect(await answerOf(node, 'writes', program, container)).toEqual([
      'from the image',
      'changed',
    ]);
    expect(await answerOf(node, 'writes-again', program, container)).toEqual([
      'from the image',
      'changed',
    ]);
  });
});
