'use strict';
const fs = require('node:fs');
const { createLinkGuard } = require('./links.cjs');

/** How many of the first arguments are paths; the rest of `fs` takes one or none. */
const TWO_PATHS = new Set(['copyFile', 'cp', 'link', 'rename']);
const ONE_PATH = [
  'access',
  'appendFile',
  'chmod',
  'chown',
  'createReadStream',
  'createWriteStream',
  'exists',
  'lchmod',
  'lchown',
  'lstat',
  'lutimes',
  'mkdir',
  'mkdtemp',
  'mkdtempDisposable',
  'open',
  'openAsBlob',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'rm',
  'rmdir',
  'stat',
  'statfs',
  'truncate',
  'unlink',
  'unwatchFile',
  'utimes',
  'watch',
  'watchFile',
  'writeFile',
];

/** Absolute paths are those of the image and of its mounts, for everything in `fs`. */
exports.mapFiles = paths => {
  const guard = createLinkGuard(paths);
  const redirect = (original, name, isSync) =>
    TWO_PATHS.has(name)
      ? ofTwoPaths(original, { paths, guard: guard[name], isSync })
      : ofOnePath(original, paths);

  for (const where of [fs, fs.promises]) {
    for (const name of [...ONE_PATH, ...TWO_PATHS]) {
      for (const variant of where === fs ? [name, `${name}Sync`] : [name]) {
        if (typeof where[variant] === 'function') {
          where[variant] = withItsProperties(where[variant], original =>
            redirect(original, name, variant !== name),
          );
        }
      }
    }
  }
  mapSymlinks();
  mapProcess(paths);
};

/** What hangs on it, such as `realpath.native` and its own way of being promisified, takes paths as well. */
function withItsProperties(original, redirect) {
  const replacement = redirect(original);
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    const takesPaths =
      (key === 'native' || typeof key === 'symbol') &&
      typeof descriptor.value === 'function';
    Object.defineProperty(replacement, key, {
      ...descriptor,
      ...(takesPaths ? { value: redirect(descriptor.value) } : {}),
    });
  }
  return replacement;
}

function ofOnePath(original, { toReal }) {
  return function inPod(...given) {
    // As many arguments as came: `fs` tells a missing callback from `undefined`.
    if (given.length > 0) {
      given[0] = toReal(given[0]);
    }
    return Reflect.apply(original, this, given);
  };
}

function ofTwoPaths(original, { paths, guard, isSync }) {
  return function inPod(...given) {
    const [from, to, ...rest] = given;
    const real = given.slice(0, 2).map(paths.toReal);
    const problem =
      guard && given.length > 1 ? guard(real[0], real[1], rest[0]) : undefined;
    if (!problem) {
      return Reflect.apply(original, this, [...real, ...rest]);
    }
    const error = problem(String(from), String(to));
    if (isSync) {
      throw error;
    }
    const callback = rest.at(-1);
    if (typeof callback === 'function') {
      process.nextTick(callback, error);
      return undefined;
    }
    return Promise.reject(error);
  };
}

/** Node refuses them in all that it holds to its files; its own reason names an option that nobody can give here. */
function mapSymlinks() {
  const refusal = (target, path) =>
    Object.assign(
      new Error(
        `EPERM: operation not permitted, symlink '${target}' -> '${path}': ` +
          'a container of the embedded cluster makes no symbolic links, as they would not be held to it; copy the file',
      ),
      { code: 'EPERM', syscall: 'symlink', path: String(target), dest: path },
    );
  fs.symlinkSync = (target, path) => {
    throw refusal(target, path);
  };
  fs.symlink = (target, path, ...rest) => {
    process.nextTick(rest.at(-1), refusal(target, path));
  };
  fs.promises.symlink = async (target, path) => {
    throw refusal(target, path);
  };
}

/** Paths that Node takes elsewhere. */
function mapProcess({ toReal }) {
  for (const name of ['chdir', 'loadEnvFile']) {
    const original = process[name];
    if (typeof original === 'function') {
      process[name] = ofOnePath(original, { toReal });
    }
  }
}
