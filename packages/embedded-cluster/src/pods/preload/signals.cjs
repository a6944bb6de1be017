'use strict';

/**
 * A container has its own processes only: here one, which is number 1 to
 * itself as well. `process.kill(-1)` would reach everything of the user.
 */
exports.keepSignals = () => {
  const { kill } = process;
  const own = new Set([0, 1, -1, process.pid, -process.pid]);

  process.kill = (pid, signal) => {
    // What is no number is left to Node, which says so.
    if (!Number.isInteger(pid)) {
      return kill(pid, signal);
    }
    if (own.has(pid)) {
      return kill(process.pid, signal);
    }
    throw Object.assign(new Error('kill ESRCH'), {
      errno: -3,
      code: 'ESRCH',
      syscall: 'kill',
    });
  };
};
