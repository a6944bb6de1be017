'use strict';
const fs = require('node:fs');
const { join, posix } = require('node:path');
const { fileURLToPath } = require('node:url');

/** How many of the first arguments are paths; the rest of `fs` takes one or none. */
const TWO_PATHS = new Set(['copyFile', 'cp', 'link', 'rename']);
const ONE_PATH = [
  'access',
  'appendFile',
  'chmod',
  'createReadStream',
  'createWriteStream',
  'exists',
  'lstat',
  'mkdir',
  'mkdtemp',
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
/** The machine's own, of which the permissions let little be seen. */
const SYSTEM = ['/proc', '/dev', '/sys'];

/** Absolute paths are those of the image and of its mounts, for everything in `fs`. */
exports.mapFiles = ({ root, mounts, realPaths }) => {
  const byDepth = [...mounts].sort((a, b) => b.path.length - a.path.length);
  const untouched = [...SYSTEM, ...realPaths];

  function toReal(path) {
    if (path instanceof URL) {
      return path.protocol === 'file:' ? toReal(fileURLToPath(path)) : path;
    }
    if (typeof path !== 'string') {
      return path;
    }
    // The system would follow a link before `..`, where the permissions do not.
    const clean =
      path.startsWith('/') || path.includes('..')
        ? posix.normalize(path)
        : path;
    if (!clean.startsWith('/')) {
      return clean;
    }
    if (
      untouched.some(folder => isWithin(clean, folder)) &&
      // They can be counted; through one of a folder, everything could be read.
      !/^\/proc\/self\/fd\/./.test(clean)
    ) {
      return clean;
    }
    const mount = byDepth.find(candidate => isWithin(clean, candidate.path));
    return mount
      ? join(mount.real, clean.slice(mount.path.length))
      : join(root, clean);
  }

  for (const where of [fs, fs.promises]) {
    for (const name of [...ONE_PATH, ...TWO_PATHS]) {
      for (const variant of where === fs ? [name, `${name}Sync`] : [name]) {
        if (typeof where[variant] === 'function') {
          where[variant] = mapped(where[variant], TWO_PATHS.has(name), toReal);
        }
      }
    }
  }
};

function mapped(original, twoPaths, toReal) {
  const replacement = redirected(original, twoPaths, toReal);
  // What hangs on it, such as `realpath.native` and its own way of being
  // promisified, takes paths as well.
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    const takesPaths =
      (key === 'native' || typeof key === 'symbol') &&
      typeof descriptor.value === 'function';
    Object.defineProperty(replacement, key, {
      ...descriptor,
      ...(takesPaths
        ? { value: redirected(descriptor.value, twoPaths, toReal) }
        : {}),
    });
  }
  return replacement;
}

function redirected(original, twoPaths, toReal) {
  return function inPod(first, second, ...rest) {
    // As many arguments as came: `fs` tells a missing callback from `undefined`.
    const given = [first, second].slice(0, arguments.length);
    return Reflect.apply(original, this, [
      ...given.map((value, index) =>
        index === 0 || twoPaths ? toReal(value) : value,
      ),
      ...rest,
    ]);
  };
}

function isWithin(path, folder) {
  return (
    path === folder ||
    path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
  );
}
