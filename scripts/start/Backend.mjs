import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../setup/paths.mjs';
import { LoggedProcess } from './LoggedProcess.mjs';

const POLL_MS = 200;
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[0-9;]*m/g;

/** The Backstage backend as a child process. */
export class Backend {
  #process;

  /**
   * @param options.node `{binary}`
   * @param options.env environment
   * @param options.configs configuration files, the last one wins
   * @param options.logFile gets everything that the backend writes
   * @param options.verbose also show all of it, not only warnings and errors
   */
  constructor({ node, env, configs, logFile, verbose }) {
    const shown = lineFilter(verbose);
    this.#process = new LoggedProcess({
      binary: node.binary,
      args: [
        '--no-warnings',
        '--require',
        join(root, 'scripts/start/endWithParent.cjs'),
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        'src/index',
        ...configs.flatMap(file => ['--config', file]),
      ],
      cwd: join(root, 'packages/backend'),
      env: { ...env, NODE_ENV: 'development' },
      logFile,
      onLine: line => shown(line) && console.log(line),
      ipc: true,
    });
  }

  get pid() {
    return this.#process.pid;
  }

  /** Resolves with the exit code. */
  get ended() {
    return this.#process.ended;
  }

  /** The last lines that it wrote. */
  get lastLines() {
    return this.#process.lastLines;
  }

  /** Asks it to end; the second time it has to. */
  stop(signal) {
    this.#process.stop(signal);
  }

  /**
   * Waits until an address answers.
   *
   * @returns true when it does, false when the backend ended before
   */
  async serves(url) {
    let over = false;
    this.ended.then(
      () => (over = true),
      () => (over = true),
    );
    while (!over) {
      const answer = await fetch(url).catch(() => undefined);
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer?.ok) {
        return true;
      }
      await sleep(POLL_MS);
    }
    return false;
  }
}

/**
 * Decides which lines of the backend's log a person should see: all, or
 * warnings and errors with the lines that belong to them.
 */
export function lineFilter(verbose) {
  let belongs = false;
  return line => {
    const plain = line.replace(COLOUR, '');
    const level =
      /^(?:\S+ )?\S+ (silly|debug|verbose|http|info|warn|error)\b/.exec(
        plain,
      )?.[1];
    if (level) {
      belongs = level === 'warn' || level === 'error';
    }
    return verbose || belongs;
  };
}
