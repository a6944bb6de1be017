import { ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { eventually } from '../eventually';

/** What differs from one machine to the next, beside the guide's variables. */
export interface InstalledBackstageOptions {
  /** Folder of the Backstage. */
  app: string;
  port: number;
  /** The variables that the guide's configuration names. */
  variables: Record<string, string>;
  /** Clusters that are reached with people's own tokens. Default: none. */
  tokenClusters?: string[];
}

/** A Backstage that somebody else's `create-app` made, page and API on one port. */
export class InstalledBackstage {
  readonly baseUrl: string;
  readonly #options: InstalledBackstageOptions;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(options: InstalledBackstageOptions) {
    this.#options = options;
    this.baseUrl = `http://127.0.0.1:${options.port}`;
  }

  /**
   * Starts the backend as `backstage-cli package start` does, less its watcher.
   *
   * @throws Error with its last lines when it ends, or is not ready in time
   */
  async start(): Promise<void> {
    const { app, port, variables, tokenClusters = [] } = this.#options;
    const local = join(app, 'app-config.local.yaml');
    const config = machineConfig(this.baseUrl, port, tokenClusters);
    await writeFile(local, stringify(config));
    const child = spawn(
      process.execPath,
      [
        '--no-warnings',
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        'src/index',
        ...['--config', join(app, 'app-config.yaml')],
        ...['--config', local],
      ],
      {
        cwd: join(app, 'packages/backend'),
        env: { ...process.env, ...variables, NODE_ENV: 'development' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        // Nobody wants to read that readiness was asked for.
        const lines = chunk.toString().split('\n');
        this.#output = [
          this.#output,
          ...lines.filter(line => !line.includes('incomingRequest')),
        ]
          .join('\n')
          .slice(-10_000);
      });
    }
    await eventually(
      async () => {
        if (child.exitCode !== null) {
          return;
        }
        const answer = await fetch(
          `${this.baseUrl}/.backstage/health/v1/readiness`,
        );
        if (!answer.ok) {
          throw new Error(`The backend is not ready: ${answer.status}`);
        }
      },
      { withinSeconds: 120, everySeconds: 1 },
    );
    if (child.exitCode !== null) {
      throw new Error(`The backend ended at once:\n${this.#output}`);
    }
  }

  /** The last lines that it wrote. */
  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) {
      return;
    }
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(killer);
  }
}

/** One port, loopback only; the guest is a member of the example's group. */
function machineConfig(
  baseUrl: string,
  port: number,
  tokenClusters: string[],
): object {
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      csp: { 'upgrade-insecure-requests': false },
      cors: { origin: baseUrl },
    },
    auth: {
      providers: {
        guest: {
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: ['user:default/guest', 'group:default/guests'],
        },
      },
    },
    // The embedded cluster's registry speaks plain HTTP.
    sportsbookScaling: {
      image: { insecure: true },
      clusters: tokenClusters.map(name => ({ name, access: 'userToken' })),
    },
  };
}
