import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';
import { SetupError } from './SetupError.mjs';

const LINES_SHOWN_ON_FAILURE = 25;

const running = new Set();
process.on('exit', () => {
  for (const child of running) {
    child.kill();
  }
});

/**
 * Runs a program with its output in a log file.
 *
 * @param command program
 * @param args its arguments
 * @param options.what what it does, for the error: "Installing packages"
 * @param options.logFile where its output goes
 * @param options.onLine gets each line as it comes
 * @returns the lines of its output
 * @throws SetupError with the end of the log when it fails
 */
export async function run(command, args, options) {
  const { what, logFile, onLine, cwd = root, env = process.env } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines = [];
  const listen = async stream => {
    for await (const line of createInterface({ input: stream })) {
      lines.push(line);
      log.write(`${line}\n`);
      onLine?.(line);
    }
  };
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  try {
    const [result] = await Promise.all([
      ended,
      listen(child.stdout),
      listen(child.stderr),
    ]);
    if (result !== 0) {
      throw new SetupError(
        `${what} failed (${result}). The end of ${relative(
          root,
          logFile,
        )}:\n\n${lines.slice(-LINES_SHOWN_ON_FAILURE).join('\n')}`,
      );
    }
    return lines;
  } catch (error) {
    if (error.code === 'ENOENT') {
      throw new SetupError(
        `${what} failed: there is no program ${command} on the PATH.`,
      );
    }
    throw error;
  } finally {
    running.delete(child);
    log.end();
  }
}
