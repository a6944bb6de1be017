import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';

const ROOM = join(root, 'packages/embedded-cluster');
const pidusage = createRequire(join(ROOM, 'package.json'))('pidusage');

/** An embedded cluster as `npm start` runs it, in a process of its own. */
export class Server {
  #child;

  /** Path of the administrator's kubeconfig. */
  kubeconfig;
  /** From before the process was started until it said that it is ready. */
  readySeconds;

  /**
   * @param directory of its state
   * @param options.before command that runs it, such as `taskset -c 0`; default none
   * @param options.namespace is made at the start
   */
  static async start(directory, { before = [], namespace }) {
    const server = new Server();
    const [command, ...args] = [
      ...before,
      process.execPath,
      '--no-warnings',
      join(ROOM, 'dist/main.cjs'),
      ...['--directory', directory, '--namespace', namespace],
    ];
    const begin = performance.now();
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    server.#child = child;
    const message = await Promise.race([
      once(child, 'message').then(([first]) => first),
      once(child, 'exit').then(([code]) => ({ failed: `it ended: ${code}` })),
    ]);
    server.readySeconds = (performance.now() - begin) / 1_000;
    if (message.failed !== undefined) {
      throw new Error(`The embedded cluster did not start: ${message.failed}`);
    }
    server.kubeconfig = message.ready.kubeconfig;
    return server;
  }

  /** @returns `{residentMB, cpuSeconds}`: memory now, processor time since it began; without its pods */
  async usage() {
    const { memory, ctime } = await pidusage(this.#child.pid);
    return { residentMB: memory / 1e6, cpuSeconds: ctime / 1_000 };
  }

  async stop() {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}
