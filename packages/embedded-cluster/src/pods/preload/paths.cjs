'use strict';
const { join, posix } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

/** The machine's own, of which the permissions let little be seen. */
const SYSTEM = ['/proc', '/dev', '/sys'];
/** As Node's own arguments that are bytes: `fs` takes any of these. */
const { isUint8Array } = require('node:util').types;

/**
 * Where the container's paths really are. Absolute ones are those of the image
 * and of its mounts; those that are the machine's already stay as they are, as
 * programs get them from `__dirname` or `process.cwd()`.
 *
 * @param {object} pod
 * @param {string} pod.root
 * @param {{path: string, real: string, device: string}[]} pod.mounts
 * @param {string[]} pod.realPaths
 */
exports.createPaths = ({ root, mounts, realPaths }) => {
  const byDepth = [...mounts].sort((a, b) => b.path.length - a.path.length);
  const untouched = [...SYSTEM, ...realPaths];
  const folders = [{ path: '/', real: root, device: '' }, ...mounts];

  /** The image, or the mount, that a path of the machine lies in. */
  function folderOf(real) {
    return folders
      .filter(folder => isWithin(real, folder.real))
      .sort((a, b) => b.real.length - a.real.length)[0];
  }

  /** A path of the machine as the container has it; undefined for one that is none of the container's. */
  function toShown(real) {
    const folder = folderOf(real);
    return folder && posix.join(folder.path, real.slice(folder.real.length));
  }

  function textToReal(path) {
    // The system would follow a link before `..`, where the permissions do not.
    const clean =
      path.startsWith('/') || path.includes('..')
        ? posix.normalize(path)
        : path;
    if (!clean.startsWith('/')) {
      return clean.startsWith('..') ? aboveToReal(clean) : clean;
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

  /** Up from the working folder: the container's `/` is the end, and a mount lies where the container has it. */
  function aboveToReal(path) {
    const cwd = process.cwd();
    const shown = toShown(cwd);
    const real = posix.resolve(cwd, path);
    if (shown === undefined || folderOf(real) === folderOf(cwd)) {
      return path;
    }
    return textToReal(posix.resolve(shown, path));
  }

  function bytesToReal(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    if (!Buffer.from(text).equals(Buffer.from(bytes))) {
      throw Object.assign(
        new TypeError(
          'the embedded cluster knows paths that are UTF-8 only; this one is not',
        ),
        { code: 'ERR_INVALID_ARG_VALUE' },
      );
    }
    return Buffer.from(textToReal(text));
  }

  /** Whatever Node takes for a path, really; anything else as it is. */
  function toReal(path) {
    if (typeof path === 'string') {
      return textToReal(path);
    }
    if (path instanceof URL) {
      return path.protocol === 'file:' ? textToReal(fileURLToPath(path)) : path;
    }
    return isUint8Array(path) ? bytesToReal(path) : path;
  }

  return {
    toReal,
    toShown,
    folderOf,
    /** Likewise of a `file:` URL's text. */
    urlToReal: url => pathToFileURL(textToReal(fileURLToPath(url))).href,
    /** Of what {@link toReal} gives: from `/` on. */
    absolute: real => posix.resolve(process.cwd(), String(real)),
  };
};

function isWithin(path, folder) {
  return (
    path === folder ||
    path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
  );
}
exports.isWithin = isWithin;
