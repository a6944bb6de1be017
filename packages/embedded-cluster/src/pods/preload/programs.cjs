'use strict';

/**
 * Node refuses other programs, and would name an option that nobody can give
 * here. `node:cluster` comes through as well.
 */
exports.refusePrograms = childProcess => {
  const refuse = () => {
    throw Object.assign(
      new Error(
        'a container of the embedded cluster starts no other programs, as nothing would hold them to it: ' +
          'use worker threads in place of child_process and cluster, more replicas, or a real cluster',
      ),
      { code: 'ERR_ACCESS_DENIED', permission: 'ChildProcess' },
    );
  };
  childProcess.ChildProcess.prototype.spawn = refuse;
  for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
    childProcess[name] = refuse;
  }
};
