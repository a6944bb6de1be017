import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../setup/paths.mjs';

const LINES_KEPT = 80;

/** What one step's programs write: all of it to a file, the end in memory. */
export class StepOutput {
  #file;
  #children = new Set();

  /** The last lines. */
  tail = [];

  constructor(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = createWriteStream(file);
    process.on('exit', this.#killAll);
  }

  write(line) {
    this.#file.write(`${line}\n`);
    this.tail = [...this.tail.slice(1 - LINES_KEPT), line];
  }

  /**
   * Runs a program of Node to its end, whatever that is.
   *
   * @returns `{code, lines}`
   */
  async run(binary, args, { cwd = root, env }) {
    const lines = [];
    const child = spawn(binary, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        lines.push(line);
        this.write(line);
      });
    }
    try {
      const code = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
      });
      return { code, lines };
    } finally {
      this.#children.delete(child);
    }
  }

  end() {
    process.off('exit', this.#killAll);
    return new Promise(resolve => this.#file.end(resolve));
  }

  #killAll = () => {
    for (const child of this.#children) {
      child.kill();
    }
  };
}
