import { type ChildProcess, spawn } from 'node:child_process';
import type { MainMessage } from '../../main';

export type Ready = Extract<MainMessage, { ready: unknown }>['ready'];

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The program of the embedded cluster, run as `npm start` does. */
export class ClusterProcess {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #messages: Promise<MainMessage | Exit>;
  readonly #output: string[] = [];

  /** Begins to start; see {@link ready}. */
  constructor(options: { main: string; arguments: readonly string[] }) {
    this.#child = spawn(
      process.execPath,
      ['--no-warnings', options.main, ...options.arguments],
      { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    const { pid, stdout, stderr } = this.#child;
    if (pid === undefined) {
      throw new Error('node could not be started');
    }
    this.pid = pid;
    for (const stream of [stdout, stderr]) {
      stream?.on('data', chunk => this.#output.push(String(chunk)));
    }
    this.exited = new Promise(resolve =>
      this.#child.once('exit', (code, signal) => resolve({ code, signal })),
    );
    this.#messages = Promise.race([
      new Promise<MainMessage>(resolve =>
        this.#child.once('message', message => resolve(message as MainMessage)),
      ),
      this.exited,
    ]);
  }

  /** Everything that it has written. */
  get output(): string {
    return this.#output.join('');
  }

  /** @throws Error with what it wrote, when it does not become ready */
  async ready(): Promise<Ready> {
    const message = await this.#messages;
    if ('ready' in message) {
      return message.ready;
    }
    throw new Error(
      `the cluster did not start: ${JSON.stringify(message)} ${this.output}`,
    );
  }

  /** @throws Error when it starts all the same, or says nothing */
  async refusal(): Promise<string> {
    const message = await this.#messages;
    if ('failed' in message) {
      return message.failed;
    }
    throw new Error(
      `the cluster did not refuse: ${JSON.stringify(message)} ${this.output}`,
    );
  }

  async end(signal: NodeJS.Signals): Promise<Exit> {
    this.#child.kill(signal);
    return this.exited;
  }
}
