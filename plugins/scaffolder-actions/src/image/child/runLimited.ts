import { ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImageBuildError } from '../ImageBuildError';
import { redact } from '../redact';
import { BuildLimitError } from './BuildLimitError';
import { processGroupMemoryMegabytes } from './processGroupMemory';

const LINES_KEPT = 40;
const MEMORY_POLL_MILLISECONDS = 500;
const GRACE_MILLISECONDS = 3000;

export interface LimitedCommand {
  /** What people know the step as, such as `npm ci`. */
  title: string;
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  memoryMegabytes: number;
  /** From 0 to 19: how willingly it lets other processes go first. Default: 0. */
  niceness?: number;
  /** Hidden wherever the child prints them. */
  secrets?: readonly (string | undefined)[];
  signal: AbortSignal;
}

/** The line that says most about a failure, as far as one can tell. */
function tellingLine(lines: readonly string[]): string {
  const line =
    lines.findLast(
      candidate =>
        /error/i.test(candidate) && !/complete log of this run/.test(candidate),
    ) ?? lines.findLast(candidate => candidate.trim() !== '');
  return line === undefined ? '' : `: ${line.trim()}`;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) {
      process.kill(-child.pid, signal);
    }
  } catch {
    // The group has ended.
  }
}

function lowerPriority({ pid }: ChildProcess, niceness: number): void {
  try {
    if (pid !== undefined && niceness > 0) {
      setPriority(pid, niceness);
    }
  } catch {
    // It has ended, or may not be told: it runs like any other.
  }
}

/**
 * Runs a command in a process group of its own and ends all of it: when it is
 * done, when `signal` aborts, and when it takes too much memory.
 *
 * @returns what it printed last, redacted.
 * @throws ImageBuildError when it cannot start or fails, BuildLimitError for its
 *   memory, and the signal's reason.
 */
export async function runLimited(
  options: LimitedCommand,
): Promise<readonly string[]> {
  const { title, signal, memoryMegabytes, secrets } = options;
  signal.throwIfAborted();

  const lines: string[] = [];
  const child = spawn(options.command, [...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group leader, so that its own children can be ended with it.
    detached: true,
  });
  lowerPriority(child, options.niceness ?? 0);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(redact(line, secrets).slice(0, 1000));
      if (lines.length > LINES_KEPT) {
        lines.shift();
      }
    });
  }

  const ended = new AbortController();
  let stopped: { reason: unknown } | undefined;
  const stop = (reason: unknown) => {
    if (stopped !== undefined) {
      return;
    }
    stopped = { reason };
    signalGroup(child, 'SIGTERM');
    sleep(GRACE_MILLISECONDS, undefined, { signal: ended.signal }).then(
      () => signalGroup(child, 'SIGKILL'),
      () => {},
    );
  };

  const onAbort = () => stop(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });

  const watchMemory = async () => {
    while (!ended.signal.aborted) {
      const used = await processGroupMemoryMegabytes(child.pid ?? -1);
      if (used > memoryMegabytes) {
        stop(
          new BuildLimitError(
            `${title} used ${Math.round(
              used,
            )} MB of memory, and ${memoryMegabytes} MB are granted; make the build smaller, or raise sportsbookScaling.image.buildMemoryMegabytes`,
            'memory',
          ),
        );
      }
      await sleep(MEMORY_POLL_MILLISECONDS, undefined, {
        signal: ended.signal,
      });
    }
  };
  // Ends by abort as soon as the child has; a reading that fails is the last one.
  watchMemory().catch(() => {});

  try {
    const outcome = await new Promise<
      { started: false; error: Error } | { started: true; exit: string }
    >(resolve => {
      child.once('error', error => resolve({ started: false, error }));
      // What the child has started and left behind would keep its output open.
      child.once('exit', () => signalGroup(child, 'SIGKILL'));
      child.once('close', (code, killedBy) =>
        resolve({
          started: true,
          exit: killedBy === null ? `exit code ${code}` : `signal ${killedBy}`,
        }),
      );
    });
    if (stopped !== undefined) {
      throw stopped.reason;
    }
    if (!outcome.started) {
      throw new ImageBuildError(
        `${title} could not be started: ${outcome.error.message}. '${options.command}' must be on the PATH of the Backstage backend`,
      );
    }
    if (outcome.exit !== 'exit code 0') {
      throw new ImageBuildError(
        `${title} ended with ${outcome.exit}${tellingLine(
          lines,
        )}. The step's log has what it printed last`,
        lines,
      );
    }
    return lines;
  } finally {
    signal.removeEventListener('abort', onAbort);
    ended.abort();
  }
}
