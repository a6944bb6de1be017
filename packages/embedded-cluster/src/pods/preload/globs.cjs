'use strict';
const fs = require('node:fs');
const { join } = require('node:path');

/**
 * Patterns are paths as well. Each is looked for from the folder that it lies
 * in, because nothing above can be read, and told in the way it was asked for.
 */
exports.mapGlobs = paths => {
  const { globSync } = fs;
  const globLater = fs.promises.glob;
  if (typeof globSync !== 'function') {
    return;
  }

  function parts(patterns, options = {}) {
    return [patterns].flat().map(pattern => {
      if (typeof pattern !== 'string' || !pattern.startsWith('/')) {
        const cwd =
          options.cwd === undefined ? {} : { cwd: paths.toReal(options.cwd) };
        return {
          given: [pattern, { ...options, ...cwd }],
          shown: found => found,
        };
      }
      const real = paths.toReal(pattern);
      const { real: cwd, path } = paths.folderOf(real) ?? {
        real: '/',
        path: '/',
      };
      const prefix = real === pattern ? cwd : path;
      return {
        given: [
          real.slice(cwd.length).replace(/^\/+/, ''),
          { ...options, cwd },
        ],
        shown: found =>
          typeof found === 'string' ? join(prefix, found) : found,
      };
    });
  }

  fs.globSync = (patterns, options) => [
    ...new Set(
      parts(patterns, options).flatMap(({ given, shown }) =>
        globSync(...given).map(shown),
      ),
    ),
  ];
  fs.promises.glob = async function* globInPod(patterns, options) {
    const told = new Set();
    for (const { given, shown } of parts(patterns, options)) {
      for await (const one of globLater(...given)) {
        const found = shown(one);
        if (!told.has(found)) {
          told.add(found);
          yield found;
        }
      }
    }
  };
  fs.glob = (patterns, ...rest) => {
    const callback = rest.pop();
    Array.fromAsync(fs.promises.glob(patterns, rest[0])).then(
      found => callback(null, found),
      error => callback(error),
    );
  };
};
