import { ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { stringify } from 'yaml';
import { eventually } from '../eventually';
import { freePort } from '../freePort';
import type { E2eOptions } from '../options';

const ROOT = resolve(__dirname, '../..');
const PLATFORM_TEMPLATE_REF = 'template:default/e2e-platform-manifests';

/** What `npm start` starts, with a state of its own. */
export class Product {
  readonly baseUrl: string;
  readonly #directory: string;
  readonly #args: string[];
  readonly #configFile: string;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(directory: string, baseUrl: string, args: string[]) {
    this.#directory = directory;
    this.baseUrl = baseUrl;
    this.#args = args;
    this.#configFile = join(directory, 'app-config.e2e.yaml');
  }

  static async create(options: E2eOptions): Promise<Product> {
    const directory = await mkdtemp(join(tmpdir(), 'sportsbook-e2e-'));
    const [port, gitPort] = [await freePort(), await freePort()];
    await mkdir(join(directory, 'state'));
    const configFile = join(directory, 'app-config.e2e.yaml');
    await writeFile(configFile, stringify(runConfig(options)));
    return new Product(directory, `http://127.0.0.1:${port}`, [
      ...(options.brought === undefined
        ? []
        : [
            '--cluster',
            options.cluster,
            '--kubeconfig',
            options.brought.kubeconfig,
            '--registry',
            options.brought.registry,
            ...(options.brought.registryInsecure
              ? ['--registry-insecure']
              : []),
          ]),
      '--namespace',
      options.namespace,
      '--port',
      String(port),
      '--git-port',
      String(gitPort),
      '--state',
      join(directory, 'state'),
      '--config',
      configFile,
    ]);
  }

  /** Extra configuration of the run, for those who change it between two starts. */
  get configFile(): string {
    return this.#configFile;
  }

  /** Kubeconfig of the embedded cluster, once the product has started with it. */
  get embeddedKubeconfig(): string {
    return join(this.#directory, 'state', 'cluster', 'kubeconfig');
  }

  /** Seconds from the command to the first page. */
  async start(): Promise<number> {
    const startedAt = Date.now();
    const child = spawn(
      process.execPath,
      [join(ROOT, 'scripts/start.mjs'), ...this.#args],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-20_000);
      });
    }
    await eventually(
      async () => {
        if (child.exitCode !== null) {
          return;
        }
        const page = await fetch(
          `${this.baseUrl}/.backstage/health/v1/readiness`,
        );
        if (!page.ok) {
          throw new Error(`The backend is not ready: ${page.status}`);
        }
      },
      { withinSeconds: 300, everySeconds: 0.2 },
    );
    if (child.exitCode !== null) {
      throw new Error(`npm start ended at once:\n${this.#output}`);
    }
    return (Date.now() - startedAt) / 1000;
  }

  /** Ends the backend without a chance to clean up, as an outage would. */
  async kill(): Promise<void> {
    const { pid } = JSON.parse(
      await readFile(join(this.#directory, 'state', 'backend.json'), 'utf8'),
    );
    process.kill(pid, 'SIGKILL');
    await this.#ended();
  }

  /** Ends it as Ctrl-C does. */
  async stop(): Promise<void> {
    this.#child?.kill('SIGINT');
    await this.#ended();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #ended(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) {
      return;
    }
    await new Promise(ended => child.once('exit', ended));
  }
}

// Rules are a list, and a later file replaces a list whole: both are here.
function runConfig(options: E2eOptions): object {
  return {
    catalog: {
      locations: [
        {
          type: 'file',
          target: '../../catalog/org.yaml',
          rules: [{ allow: ['User', 'Group'] }],
        },
        {
          type: 'file',
          target: '../../templates/sportsbook-autoscaled-service/template.yaml',
          rules: [{ allow: ['Template'] }],
        },
        {
          type: 'file',
          target: '../../e2e/templates/platform-manifests/template.yaml',
          rules: [{ allow: ['Template'] }],
        },
      ],
    },
    ...(options.releasesUrl === undefined
      ? {}
      : {
          backend: {
            reading: { allow: [{ host: new URL(options.releasesUrl).host }] },
          },
        }),
    sportsbookScaling: {
      apply: {
        rules: [
          {
            users: ['user:default/guest'],
            templates: [TEMPLATE_REF],
            clusters: [options.cluster],
            namespaces: [options.namespace],
          },
          {
            users: ['user:default/guest'],
            templates: [PLATFORM_TEMPLATE_REF],
            clusters: [options.cluster],
            namespaces: ['*'],
            kinds: ['*'],
            clusterScopedKinds: ['*'],
          },
        ],
      },
    },
  };
}
