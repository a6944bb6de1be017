import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { followFile } from './followFile.mjs';

const LINES_KEPT = 40;

/** A child process whose output goes into a file and is read from there. */
export class LoggedProcess {
  #child;
  #lines = [];

  /** Resolves with the exit code, or 128 + number for a signal's sake. */
  ended;

  /**
   * @param options.binary the program
   * @param options.args its arguments
   * @param options.cwd where it runs
   * @param options.env its environment
   * @param options.logFile gets everything that it writes
   * @param options.onLine is handed every line
   * @param options.ipc whether it talks to this process; default false
   */
  constructor({ binary, args, cwd, env, logFile, onLine, ipc = false }) {
    mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
    // It writes into the file itself: one that outlives this process would
    // otherwise choke on a pipe that nobody reads.
    const log = openSync(logFile, 'w', 0o600);
    this.#child = spawn(binary, args, {
      cwd,
      env,
      stdio: ['ignore', log, log, ...(ipc ? ['ipc'] : [])],
      // A group of its own: Ctrl-C reaches it once, through `stop`.
      detached: true,
    });
    closeSync(log);
    const unfollow = followFile(logFile, line => {
      this.#lines = [...this.#lines.slice(1 - LINES_KEPT), line];
      onLine(line);
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

  onMessage(handler) {
    this.#child.on('message', handler);
  }

  /** Asks it to end; the second time it has to. */
  stop(signal) {
    this.#child.kill(this.#child.killed ? 'SIGKILL' : signal);
  }
}
