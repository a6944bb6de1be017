/** The program as it is shipped, as a process of its own, on the embedded cluster. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  type EmbeddedCluster,
  startEmbeddedCluster,
} from '@sportsbook/embedded-cluster';
import {
  KubeConfigClient,
  kubeConfigClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';

jest.setTimeout(120_000);

const ROOM = path.join(__dirname, '..');

let directory: string;
let cluster: EmbeddedCluster;
let connection: KubeConfigClient;
let kubeconfig: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'cli-'));
  [cluster] = await Promise.all([
    startEmbeddedCluster({
      directory: path.join(directory, 'cluster'),
      namespaces: ['betting', 'trading', 'racing', 'cancelled'],
    }),
    promisify(execFile)(process.execPath, [
      path.join(ROOM, 'scripts', 'bundle.mjs'),
      path.join(directory, 'dist'),
    ]),
  ]);
  kubeconfig = cluster.kubeconfigPath;
  connection = await kubeConfigClient({
    kubeconfigPath: kubeconfig,
    context: cluster.context,
  });
});

afterAll(async () => {
  connection?.close();
  await cluster?.close();
  await rm(directory, { recursive: true, force: true });
});

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program, as a pipeline does: no terminal, and no kubeconfig but the one that is named. */
function start(args: string[], stdin = '') {
  const child = spawn(
    process.execPath,
    [path.join(directory, 'dist', 'main.cjs'), ...args],
    { env: { PATH: process.env.PATH, HOME: directory } },
  );
  child.stdin.end(stdin);
  let stdout = '';
  let stderr = '';
  const listeners: (() => void)[] = [];
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
    listeners.forEach(listener => listener());
  });
  return {
    child,
    /** Resolves as soon as the progress holds the text. */
    says: (text: string) =>
      new Promise<void>(resolve => {
        const look = () => stderr.includes(text) && resolve();
        listeners.push(look);
        look();
      }),
    ended: new Promise<Run>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code, stdout, stderr }));
    }),
  };
}

const run = (args: string[], stdin?: string) => start(args, stdin).ended;
const here = () => ['--kubeconfig', kubeconfig];

async function json(args: string[], stdin?: string) {
  const { code, stdout, stderr } = await run(
    [...args, ...here(), '-o', 'json'],
    stdin,
  );
  return { code, stderr, result: JSON.parse(stdout) };
}

const configMap = (name: string, limit: string, extra = '') => `
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  limit: '${limit}'
${extra}---
`;

describe('sportsbook-scaling', () => {
  it('plans, applies, writes nothing twice, tells the difference, waits and deletes', async () => {
    const file = path.join(directory, 'service.yaml');
    const of = (command: string, ...args: string[]) => [
      ...[command, '-f', file, '-n', 'betting'],
      ...args,
    ];
    await writeFile(file, configMap('limits', '100'));

    const plan = await json(of('plan', '--exit-code'));
    expect(plan).toMatchObject({
      code: 10,
      result: {
        command: 'plan',
        context: cluster.context,
        namespace: 'betting',
        exitCode: 10,
        counts: { created: 1 },
        problems: [],
      },
    });

    const applied = await run([...of('apply', '--wait'), ...here()]);
    expect(applied.code).toBe(0);
    expect(applied.stdout).toMatch(
      /ConfigMap betting\/limits +created .*service\.yaml:2[^]*1 created[^]*ConfigMap betting\/limits +Current/,
    );
    expect(applied.stderr).toContain(
      `Cluster: context '${cluster.context}', ${cluster.url}; namespace 'betting'\n`,
    );
    // No terminal: no colours, no cursor.
    expect(applied.stdout + applied.stderr).not.toContain('\u001b');

    const ref = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'betting',
      name: 'limits',
    };
    const before = await connection.client.get(ref);
    const again = await json(of('apply'));
    expect(again).toMatchObject({
      code: 0,
      result: { counts: { unchanged: 1 } },
    });
    expect(await connection.client.get(ref)).toEqual(before);
    expect(await json(of('diff', '--exit-code'))).toMatchObject({ code: 0 });

    await writeFile(file, configMap('limits', '200'));
    const diff = await run([...of('diff', '--exit-code'), ...here()]);
    expect(diff.code).toBe(10);
    expect(diff.stdout).toContain('ConfigMap betting/limits');
    expect(diff.stdout).toContain('limit');

    const waited = await json(['wait', 'configmap/limits', '-n', 'betting']);
    expect(waited).toMatchObject({
      code: 0,
      result: { statuses: [{ ref, status: 'current' }] },
    });

    const deleted = await json(of('delete'));
    expect(deleted).toMatchObject({
      code: 0,
      result: { counts: { deleted: 1 } },
    });
    expect(await connection.client.get(ref)).toBeUndefined();
  });

  it('removes what a set no longer holds, and then the whole set', async () => {
    const args = ['-n', 'racing', '--apply-set', 'odds'];
    const apply = (manifests: string) =>
      json(['apply', '-f', '-', ...args, '--prune'], manifests);
    expect(
      await apply(configMap('stays', '1') + configMap('goes', '1')),
    ).toMatchObject({ code: 0, result: { counts: { created: 3 } } });
    expect(await apply(configMap('stays', '1'))).toMatchObject({
      code: 0,
      result: { counts: { deleted: 1 } },
    });
    const deleted = await json(['delete', ...args]);
    expect(deleted).toMatchObject({ code: 0 });
    expect(
      deleted.result.changes.map(
        ({ ref }: { ref: { name: string } }) => ref.name,
      ),
    ).toEqual(['stays', 'odds']);
  });

  it('reads the standard input', async () => {
    const { code, result } = await json(
      ['apply', '-f', '-', '-n', 'racing'],
      configMap('one', '1') + configMap('two', '2'),
    );
    expect(code).toBe(0);
    expect(result.counts).toEqual({ created: 2 });
    expect(result.changes[0].file).toBe('stdin');
  });

  it('refuses manifests that are none, and says where', async () => {
    const { code, result } = await json(
      ['apply', '-f', '-', '-n', 'racing'],
      'kind: [',
    );
    expect(code).toBe(2);
    expect(result).toMatchObject({
      exitCode: 2,
      error: {
        name: 'ManifestError',
        message: expect.stringMatching(/^stdin, document 1, line 1/),
      },
    });
  });

  it('refuses what it does not understand before it asks the cluster', async () => {
    expect(await run(['apply', '--what'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining("unknown option '--what'"),
    });
    expect(await run(['apply', '-f', '-', ...here()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('The manifests hold no object'),
    });
    expect(await run(['apply', ...here()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('name a file or a folder with -f'),
    });
  });

  it('never takes a cluster that nobody named', async () => {
    const two = path.join(directory, 'two-contexts');
    await writeFile(
      two,
      (
        await readFile(kubeconfig, 'utf8')
      ).replace(
        /^contexts:\n/m,
        'contexts:\n  - name: other\n    context: { cluster: none, user: nobody }\n',
      ),
    );
    expect(
      await run(['wait', 'pod/a', '--kubeconfig', two, '-n', 'racing']),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Which cluster is meant is not guessed'),
    });
  });

  it('keeps objects in the namespace that is chosen', async () => {
    const { code, result } = await json(
      ['plan', '-f', '-', '-n', 'racing'],
      configMap('foreign', '1').replace(
        'metadata:',
        'metadata:\n  namespace: trading',
      ),
    );
    expect(code).toBe(3);
    expect(result.problems).toEqual([
      expect.objectContaining({
        message: expect.stringContaining("it belongs to namespace 'trading'"),
      }),
    ]);
  });

  it('names the owner of a field, and takes it over only with --force', async () => {
    await connection.client.apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'shared', namespace: 'trading' },
        data: { limit: '100' },
      },
      { fieldManager: 'risk-team' },
    );
    const args = ['apply', '-f', '-', '-n', 'trading'];
    const refused = await json(args, configMap('shared', '200'));
    expect(refused.code).toBe(4);
    expect(JSON.stringify(refused.result.problems)).toContain('risk-team');
    const forced = await json([...args, '--force'], configMap('shared', '200'));
    expect(forced).toMatchObject({
      code: 0,
      result: { counts: { configured: 1 } },
    });
  });

  it('tells a wait whose time is up from one whose objects failed', async () => {
    const { code, result } = await json([
      ...['wait', 'configmap/never', '-n', 'racing', '--timeout', '1s'],
    ]);
    expect(code).toBe(6);
    expect(result).toMatchObject({
      error: { name: 'WaitTimeoutError' },
      statuses: [{ ref: { name: 'never' }, status: 'absent' }],
    });
  });

  it('says that there is no ScaledObject to verify', async () => {
    const { code, result } = await json(['verify', 'none', '-n', 'racing']);
    expect(code).toBe(9);
    expect(result.error.name).toBe('ScalingChainBrokenError');
  });

  it('tells a cluster that does not answer from one that forbids', async () => {
    const text = await readFile(kubeconfig, 'utf8');
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise(resolve => closed.close(resolve));
    const unreachable = path.join(directory, 'unreachable');
    await writeFile(
      unreachable,
      text.replace(cluster.url, `https://127.0.0.1:${port}`),
    );
    expect(
      await run([
        ...['wait', 'pod/a', '--kubeconfig', unreachable, '-n', 'racing'],
        ...['--retry', '0.1s'],
      ]),
    ).toMatchObject({
      code: 8,
      stderr: expect.stringContaining('cannot be reached'),
    });

    const forbidden = path.join(directory, 'forbidden');
    await writeFile(
      forbidden,
      text.replace(
        /^( +)client-certificate-data:/m,
        '$1as: nobody\n$1client-certificate-data:',
      ),
    );
    expect(
      await run([
        ...['wait', 'pod/a', '--kubeconfig', forbidden, '-n', 'racing'],
      ]),
    ).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('User "nobody" cannot get resource'),
    });
  });

  it('reports where each object stands when it is interrupted', async () => {
    const { child, says, ended } = start([
      ...['wait', 'configmap/never', '-n', 'cancelled', ...here()],
      ...['-o', 'json'],
    ]);
    await says('ConfigMap cancelled/never Absent');
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'wait',
      exitCode: 130,
      error: { message: expect.stringContaining('SIGINT') },
    });
  });
});
