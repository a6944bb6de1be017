import { ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { freePort } from '../freePort';

const PROGRAM = resolve(
  __dirname,
  '../../packages/embedded-cluster/dist/main.cjs',
);
const START_TIMEOUT_MS = 60_000;

const readySchema = z.object({
  ready: z.object({ kubeconfig: z.string(), registry: z.string() }),
});

/** The embedded cluster with its registry and git host, as a child process. */
export class ClusterAtHand {
  readonly #directory: string;
  readonly #namespace: string;
  #child: ChildProcess | undefined;
  #ready: { kubeconfig: string; registry: string } | undefined;
  #gitPort = 0;
  readonly gitAccount = {
    username: 'backstage',
    password: randomBytes(16).toString('hex'),
  };

  constructor(options: { directory: string; namespace: string }) {
    this.#directory = options.directory;
    this.#namespace = options.namespace;
  }

  get kubeconfig(): string {
    return this.#started().kubeconfig;
  }

  /** `host:port` */
  get registry(): string {
    return this.#started().registry;
  }

  get gitUrl(): string {
    return `http://127.0.0.1:${this.#gitPort}`;
  }

  async start(): Promise<void> {
    this.#gitPort = await freePort();
    const passwordFile = join(this.#directory, 'git-password');
    await writeFile(passwordFile, this.gitAccount.password, { mode: 0o600 });
    const child = spawn(
      process.execPath,
      [
        '--no-warnings',
        PROGRAM,
        ...['--directory', join(this.#directory, 'cluster')],
        ...['--namespace', this.#namespace],
        ...['--git-port', String(this.#gitPort)],
        ...['--git-directory', join(this.#directory, 'repositories')],
        ...['--git-owner', 'sportsbook'],
        ...['--git-username', this.gitAccount.username],
        ...['--git-password-file', passwordFile],
      ],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    this.#child = child;
    this.#ready = await new Promise((ready, failed) => {
      const timer = setTimeout(
        () => failed(new Error('The embedded cluster did not start in time.')),
        START_TIMEOUT_MS,
      );
      child.once('message', message => {
        clearTimeout(timer);
        const parsed = readySchema.safeParse(message);
        if (parsed.success) {
          ready(parsed.data.ready);
        } else {
          failed(new Error(JSON.stringify(message)));
        }
      });
      child.once('exit', code => {
        clearTimeout(timer);
        failed(new Error(`The embedded cluster ended at once (${code}).`));
      });
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) {
      return;
    }
    const ended = new Promise(done => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  }

  #started() {
    if (this.#ready === undefined) {
      throw new Error('The embedded cluster was not started.');
    }
    return this.#ready;
  }
}
