import { ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { eventually } from '../eventually';
import { freePort } from '../freePort';

const ROOT = resolve(__dirname, '../..');

export interface ProductOptions {
  /** Further flags of `npm start`. */
  args: string[];
  /** Port of the git host. Default: a free one. */
  gitPort?: number;
  /** Laid over app-config.yaml. */
  config: object;
  /** Laid over that, in order. */
  furtherConfigs?: object[];
}

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

  static async create(options: ProductOptions): Promise<Product> {
    const directory = await mkdtemp(join(tmpdir(), 'sportsbook-e2e-'));
    const port = await freePort();
    const gitPort = options.gitPort ?? (await freePort());
    await mkdir(join(directory, 'state'));
    const configFile = join(directory, 'app-config.e2e.yaml');
    const furtherFiles = (options.furtherConfigs ?? []).map((_, index) =>
      join(directory, `app-config.e2e-${index}.yaml`),
    );
    const files = [configFile, ...furtherFiles];
    const configs = [options.config, ...(options.furtherConfigs ?? [])];
    await Promise.all(
      configs.map((config, index) =>
        writeFile(files[index], stringify(config)),
      ),
    );
    return new Product(directory, `http://127.0.0.1:${port}`, [
      ...options.args,
      '--port',
      String(port),
      '--git-port',
      String(gitPort),
      '--state',
      join(directory, 'state'),
      ...files.flatMap(file => ['--config', file]),
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

  /** Folder of the git host's repositories, `<owner>/<name>.git`. */
  get repositoriesDirectory(): string {
    return join(this.#directory, 'state', 'repositories');
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
