import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether server and client can be given a core each. */
export const canPin =
  availableParallelism() > 1 &&
  spawnSync('taskset', ['-p', String(process.pid)]).status === 0;

const SERVER_CORE = '0';
const CLIENT_CORE = '1';

/** The command that runs another one on the server's core. */
export const onServerCore = canPin ? ['taskset', '-c', SERVER_CORE] : [];

/** Moves all threads of this process to the client's core. */
export function moveToClientCore() {
  if (canPin) {
    spawnSync('taskset', ['-a', '-p', '-c', CLIENT_CORE, String(process.pid)]);
  }
}
