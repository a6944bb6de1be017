import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../setup/paths.mjs';
import { followFile } from './followFile.mjs';

const POLL_MS = 200;
const LINES_KEPT = 40;
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[0-9;]*m/g;

/** The Backstage backend as a child process. */
export class Backend {
  #child;
  #lines = [];

  /** Resolves with the exit code, or 128 + number for a signal's sake. */
  ended;

  /**
   * @param options.node `{binary}`
   * @param options.env environment
   * @param options.configs configuration files, the last one wins
   * @param options.logFile gets everything that the backend writes
   * @param options.verbose also show all of it, not only warnings and errors
   */
  constructor({ node, env, configs, logFile, verbose }) {
    mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
    // The backend writes into the file itself: one that outlives this process
    // would otherwise choke on a pipe that nobody reads.
    const log = openSync(logFile, 'w');
    this.#child = spawn(
      node.binary,
      [
        '--no-warnings',
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        'src/index',
        ...configs.flatMap(file => ['--config', file]),
      ],
      {
        cwd: join(root, 'packages/backend'),
        env: { ...env, NODE_ENV: 'development' },
        stdio: ['ignore', log, log],
        // A group of its own: Ctrl-C reaches it once, through `stop`.
        detached: true,
      },
    );
    closeSync(log);
    const shown = lineFilter(verbose);
    const unfollow = followFile(logFile, line => {
      this.#lines = [...this.#lines.slice(1 - LINES_KEPT), line];
      if (shown(line)) {
        console.log(line);
      }
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        unfollow();
        resolve(code ?? (signal === 'SIGKILL' ? 137 : 143));
      });
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** The last lines that it wrote. */
  get lastLines() {
    return this.#lines;
  }

  /** Asks it to end; the second time it has to. */
  stop(signal) {
    this.#child.kill(this.#child.killed ? 'SIGKILL' : signal);
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
