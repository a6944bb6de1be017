'use strict';
const Module = require('node:module');
const { mapDatabases } = require('./databases.cjs');
const { refusePrograms } = require('./programs.cjs');

/**
 * Modules by the container's paths (`require('/config/x.js')`, `import`), and
 * those of Node's own that are changed when a program first asks for them, as
 * most never do.
 */
exports.mapModules = paths => {
  const late = new Map([
    ['sqlite', loaded => mapDatabases(loaded, paths)],
    ['child_process', refusePrograms],
    ['cluster', () => prepare('child_process')],
  ]);

  function prepare(specifier) {
    const name = specifier.replace(/^node:/, '');
    const change = late.get(name);
    if (change) {
      late.delete(name);
      change(require(`node:${name}`));
      Module.syncBuiltinESMExports();
    }
  }

  /** Before Node 22.15, where nobody tells what is asked for; it knows no modules by the container's paths. */
  function prepareAll() {
    const { emitWarning } = process;
    process.emitWarning = () => undefined;
    for (const name of late.keys()) {
      try {
        prepare(name);
      } catch {
        // This Node has no such module.
      }
    }
    process.emitWarning = emitWarning;
  }

  function toReal(specifier) {
    if (specifier.startsWith('/')) {
      return paths.toReal(specifier);
    }
    return specifier.startsWith('file:///')
      ? paths.urlToReal(specifier)
      : specifier;
  }

  if (typeof Module.registerHooks !== 'function') {
    prepareAll();
    return;
  }
  Module.registerHooks({
    resolve(specifier, context, next) {
      prepare(specifier);
      return next(toReal(specifier), context);
    },
  });
  const { getBuiltinModule } = process;
  process.getBuiltinModule = name => {
    prepare(String(name));
    return getBuiltinModule(name);
  };
};
