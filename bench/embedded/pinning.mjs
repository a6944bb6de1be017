import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether server and client can be given a core each. */
export const canPin =
  availableParallelism() > 1 &&
  spawnSync('taskset', ['-p', String(process.pid)]).status === 0;

/**
 * Moves all threads of a process to one core.
 *
 * @param core `server` or `client`
 */
export function moveToCore(core, pid) {
  if (canPin) {
    const number = core === 'server' ? '0' : '1';
    spawnSync('taskset', ['-a', '-p', '-c', number, String(pid)]);
  }
}
