import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SeenProcess {
  pid: number;
  parent: number;
  command: string;
}

/** Every process whose command line names the folder: a cluster's own and its pods'. */
export function processesOf(directory: string): SeenProcess[] {
  return execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,stat=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
    .split('\n')
    .flatMap(line => {
      const [, pid, parent, state, command] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      // What has ended and was not waited for yet holds nothing any more.
      return command?.includes(directory) && !state.startsWith('Z')
        ? [{ pid: Number(pid), parent: Number(parent), command }]
        : [];
    });
}

/**
 * Waits until none is left, but those whose parent is named.
 *
 * @throws Error that names those that stay
 */
export async function untilNoProcess(
  directory: string,
  options: { except?: number; withinMilliseconds: number },
): Promise<void> {
  const { except, withinMilliseconds } = options;
  const deadline = Date.now() + withinMilliseconds;
  for (;;) {
    const left = processesOf(directory).filter(
      ({ pid, parent }) => pid !== except && parent !== except,
    );
    if (left.length === 0) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `still there after ${withinMilliseconds} ms: ${left
          .map(({ pid, command }) => `${pid} ${command}`)
          .join('\n')}`,
      );
    }
    await sleep(20);
  }
}
