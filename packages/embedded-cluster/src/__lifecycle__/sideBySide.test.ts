import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { NODE_PORTS } from '../model/names';
import { ApiConnection } from './__testUtils__/ApiConnection';
import { type BuiltMain, buildMain } from './__testUtils__/buildMain';
import { ClusterProcess } from './__testUtils__/ClusterProcess';
import { processesOf, untilNoProcess } from './__testUtils__/processesOf';

jest.setTimeout(30_000);

const NAMESPACE = '/api/v1/namespaces/betting';

const eventsSchema = z.object({
  items: z.array(z.object({ reason: z.string(), message: z.string() })),
});

const configMapSchema = z.object({ data: z.record(z.string(), z.string()) });

describe('two clusters on one machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-two-'));
  const open: ApiConnection[] = [];
  let main: BuiltMain;

  beforeAll(async () => {
    main = await buildMain();
  });

  afterEach(async () => {
    open.splice(0).forEach(api => api.close());
    for (const { pid } of processesOf(folder)) {
      process.kill(pid, 'SIGKILL');
    }
    await untilNoProcess(folder, { withinMilliseconds: 20_000 });
  });

  afterAll(() => {
    main.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  function begin(name: string): ClusterProcess {
    return new ClusterProcess({
      main: main.path,
      arguments: [
        ...['--directory', join(folder, name)],
        ...['--namespace', 'betting'],
      ],
    });
  }

  async function start(name: string): Promise<ApiConnection> {
    const { kubeconfig } = await begin(name).ready();
    const api = new ApiConnection(kubeconfig);
    open.push(api);
    return api;
  }

  it('have each their own objects', async () => {
    const clusters = await Promise.all([start('one'), start('two')]);
    for (const [index, api] of clusters.entries()) {
      const { status } = await api.call('POST', `${NAMESPACE}/configmaps`, {
        metadata: { name: 'same' },
        data: { of: String(index) },
      });
      expect(status).toBe(201);
    }
    for (const [index, api] of clusters.entries()) {
      const answer = await api.get(`${NAMESPACE}/configmaps/same`);
      expect(configMapSchema.parse(answer).data).toEqual({ of: String(index) });
    }
  });

  it('that want the same node port say so on the Service that does not get it', async () => {
    const [first, second] = await Promise.all([start('one'), start('two')]);
    const nodePort = await freeNodePort();
    const service = {
      metadata: { name: 'odds' },
      spec: {
        type: 'NodePort',
        selector: { app: 'odds' },
        ports: [{ port: 80, nodePort }],
      },
    };
    await first.call('POST', `${NAMESPACE}/services`, service);
    await untilOpen(nodePort);
    const { status } = await second.call(
      'POST',
      `${NAMESPACE}/services`,
      service,
    );
    expect(status).toBe(201);
    const reported = await untilReported(second);
    expect(reported).toMatch(
      new RegExp(
        `^Node port ${nodePort} cannot be opened on 127\\.0\\.0\\.1 .*EADDRINUSE.*choose another nodePort`,
      ),
    );
    expect(await reportsOf(first)).toEqual([]);
  });

  it('cannot have one folder: the second is refused and told who has it', async () => {
    const owner = begin('one');
    await owner.ready();
    const second = begin('one');
    expect(await second.refusal()).toBe(
      `Process ${owner.pid} already runs the cluster of ${join(
        folder,
        'one',
      )}; stop it, or choose another state folder`,
    );
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(existsSync(join(folder, 'one', 'lock.json'))).toBe(true);
    expect(processesOf(folder)).toHaveLength(1);
  });

  it('can have one folder one after the other, also when the first was killed', async () => {
    const first = begin('one');
    await first.ready();
    await first.end('SIGKILL');
    expect(existsSync(join(folder, 'one', 'lock.json'))).toBe(true);
    const api = await start('one');
    expect((await api.call('GET', NAMESPACE)).status).toBe(200);
  });

  async function reportsOf(api: ApiConnection): Promise<string[]> {
    const { items } = eventsSchema.parse(await api.get(`${NAMESPACE}/events`));
    return items
      .filter(({ reason }) => reason === 'NodePortUnavailable')
      .map(({ message }) => message);
  }

  async function untilReported(api: ApiConnection): Promise<string> {
    for (;;) {
      const [report] = await reportsOf(api);
      if (report !== undefined) {
        return report;
      }
      await sleep(20);
    }
  }
});

async function freeNodePort(): Promise<number> {
  for (;;) {
    const port = randomInt(NODE_PORTS.first, NODE_PORTS.last + 1);
    const server = createServer();
    const taken = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(true));
      server.listen(port, '127.0.0.1', () => resolve(false));
    });
    if (!taken) {
      server.close();
      await once(server, 'close');
      return port;
    }
  }
}

async function untilOpen(port: number): Promise<void> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' });
    const isOpen = await new Promise<boolean>(resolve => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) {
      return;
    }
    await sleep(20);
  }
}
