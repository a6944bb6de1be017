'use strict';
const fs = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { isWithin } = require('./paths.cjs');

/**
 * Symbolic links of an image are relative here, so that they lead to the same
 * file below whatever folder the image lies in. Moved, linked or copied to
 * another depth, or into a volume, one may lead out of the container: that is
 * refused. Between devices there is no renaming and linking, as elsewhere.
 *
 * Each guard takes two real paths, and gives undefined or what makes the error.
 */
exports.createLinkGuard = ({ folderOf, toShown, absolute }) => {
  const { lstatSync, readdirSync, readlinkSync } = fs;

  /** A link, in the tree `from`, that would lead out of the container from where it is to be. */
  function strayLink(from, to) {
    const base = folderOf(to)?.real;
    const pending = [''];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const here = join(from, path);
      const stat = lstatSync(here, { throwIfNoEntry: false });
      if (stat?.isSymbolicLink()) {
        const target = resolve(dirname(join(to, path)), readlinkSync(here));
        if (base === undefined || !isWithin(target, base)) {
          return toShown(here) ?? here;
        }
      } else if (stat?.isDirectory()) {
        readdirSync(here).forEach(name => pending.push(join(path, name)));
      }
    }
    return undefined;
  }

  /** Deeper in the same folder, `..` leads nowhere that it did not lead before. */
  function isHarmless(from, to) {
    return (
      folderOf(from) === folderOf(to) &&
      to.split('/').length >= from.split('/').length
    );
  }

  function refuseStrays(syscall, from, to) {
    try {
      if (isHarmless(from, to)) {
        return undefined;
      }
      const stray = strayLink(from, to);
      return stray === undefined
        ? undefined
        : failure('EPERM', 'operation not permitted', syscall, {
            because: `the symbolic link ${stray} would lead out of the container from there`,
          });
    } catch {
      // What cannot be read cannot be moved either: `fs` says why.
      return undefined;
    }
  }

  const moved = syscall => (first, second) => {
    const [from, to] = [absolute(first), absolute(second)];
    const [source, target] = [folderOf(from), folderOf(to)];
    return source && target && source.device !== target.device
      ? failure('EXDEV', 'cross-device link not permitted', syscall)
      : refuseStrays(syscall, from, to);
  };

  return {
    rename: moved('rename'),
    link: moved('link'),
    // Others of its links are made anew, to where they lead already.
    cp: (first, second, options) =>
      options?.verbatimSymlinks === true && options.dereference !== true
        ? refuseStrays('cp', absolute(first), absolute(second))
        : undefined,
  };
};

function failure(code, text, syscall, { because } = {}) {
  return (path, dest) =>
    Object.assign(
      new Error(
        `${code}: ${text}, ${syscall} '${path}' -> '${dest}'${
          because === undefined ? '' : `: ${because}`
        }`,
      ),
      { code, syscall, path, dest },
    );
}
