'use strict';
const fs = require('node:fs');
const { basename, dirname } = require('node:path');

/** What the system keeps of a socket's path, its end included. */
const MAX_BYTES = process.platform === 'darwin' ? 104 : 108;

/**
 * Unix domain sockets lie where the container has them: in its image or in a
 * volume, where its other containers find them.
 *
 * The paths of the machine are too long for the system, which keeps a hundred
 * bytes of them. Where it can be reached through an open folder, it is.
 */
exports.createLocalSockets = paths => {
  const { openSync, closeSync } = fs;

  /**
   * @returns `{path, release}`: what to give to the system, and what ends that;
   * or `{error}`
   */
  return function localSocket(path, syscall) {
    if (path.startsWith('\0')) {
      return failure('EACCES', syscall, path, {
        because:
          'sockets of abstract names belong to the whole machine: give it a path',
      });
    }
    const real = paths.absolute(paths.toReal(path));
    if (!process.permission.has('fs.write', real)) {
      return failure('EACCES', syscall, path, {
        because: 'the container may not write there',
      });
    }
    if (Buffer.byteLength(real) < MAX_BYTES) {
      return { path: real, release: () => undefined };
    }
    if (process.platform !== 'linux') {
      return failure('ENAMETOOLONG', syscall, path, {
        because: `the embedded cluster has it at ${real}, and this system takes ${
          MAX_BYTES - 1
        } bytes; use a TCP port, or a state folder with a shorter path`,
      });
    }
    let folder;
    try {
      folder = openSync(dirname(real), 'r');
    } catch (error) {
      return failure(error.code ?? 'ENOENT', syscall, path);
    }
    let isOpen = true;
    return {
      path: `/proc/self/fd/${folder}/${basename(real)}`,
      release() {
        if (isOpen) {
          isOpen = false;
          closeSync(folder);
        }
      },
    };
  };
};

function failure(code, syscall, path, { because } = {}) {
  const message = `${syscall} ${code} ${path.replace('\0', '@')}`;
  return {
    error: Object.assign(
      new Error(because === undefined ? message : `${message}: ${because}`),
      { code, syscall, address: path },
    ),
  };
}
