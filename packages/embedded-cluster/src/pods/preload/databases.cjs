'use strict';
const { pathToFileURL } = require('node:url');

/** Text, names and comments, in which words mean nothing. */
const QUOTED =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g;
const OPENS_FILES = /(?:^|;)\s*(?:attach\b|vacuum\b[^;]*\binto\b)/i;

/**
 * SQLite opens its files itself and knows nothing of Node's permissions: paths
 * are mapped and held to them here. Called when a program first asks for
 * `node:sqlite`, with the module as Node has it.
 */
exports.mapDatabases = (sqlite, paths) => {
  const { DatabaseSync, backup } = sqlite;

  function HeldDatabase(location, options, ...rest) {
    const given = isInMemory(location)
      ? [location, options]
      : held(location, options, paths);
    return Reflect.construct(
      DatabaseSync,
      // Node tells options that are missing from those that are undefined.
      given[1] === undefined ? given.slice(0, 1) : [...given, ...rest],
      new.target === HeldDatabase || new.target === undefined
        ? DatabaseSync
        : new.target,
    );
  }
  HeldDatabase.prototype = DatabaseSync.prototype;
  DatabaseSync.prototype.constructor = HeldDatabase;
  Object.defineProperty(HeldDatabase, 'name', { value: 'DatabaseSync' });
  sqlite.DatabaseSync = HeldDatabase;

  for (const name of ['exec', 'prepare']) {
    const original = DatabaseSync.prototype[name];
    DatabaseSync.prototype[name] = function inPod(sql, ...rest) {
      if (typeof sql === 'string') {
        refuseOtherFiles(sql);
      }
      return Reflect.apply(original, this, [sql, ...rest]);
    };
  }
  if (typeof backup === 'function') {
    sqlite.backup = async (database, location, ...rest) => {
      const real = paths.toReal(location);
      if (!process.permission.has('fs.write', paths.absolute(real))) {
        throw cannotOpen(location);
      }
      return backup(database, real, ...rest);
    };
  }
};

function isInMemory(location) {
  return (
    location === ':memory:' ||
    location === '' ||
    (typeof location === 'string' && /^file::memory:/.test(location))
  );
}

/** As SQLite itself does with what it may read only, a file of an image that is not to be written is opened so. */
function held(location, options, paths) {
  const uri = uriOf(location);
  const real = uri
    ? paths.urlToReal(`file://${uri.pathname}`)
    : paths.toReal(location);
  const file = uri
    ? decodeURIComponent(new URL(real).pathname)
    : paths.absolute(real);
  if (!process.permission.has('fs.read', file)) {
    throw cannotOpen(location);
  }
  const inPod = uri ? `${real}${uri.search}` : real;
  return process.permission.has('fs.write', file)
    ? [inPod, options]
    : [inPod, { ...options, readOnly: true }];
}

/** `file:/data/odds.db?mode=ro`, which SQLite reads itself; undefined for everything else. */
function uriOf(location) {
  if (location instanceof URL) {
    return location.protocol === 'file:' ? location : undefined;
  }
  if (typeof location !== 'string' || !location.startsWith('file:')) {
    return undefined;
  }
  const [, path, search = ''] = /^file:([^?#]*)(\?[^#]*)?/.exec(location);
  const file = path.startsWith('/')
    ? new URL(`file:${path}`)
    : pathToFileURL(decodeURIComponent(path));
  return { pathname: file.pathname, search };
}

function refuseOtherFiles(sql) {
  if (!/\b(?:attach|vacuum)\b/i.test(sql)) {
    return;
  }
  // What is in memory is no file; its name is the one text that is let through.
  const bare = sql
    .replace(/\battach\s+(?:database\s+)?(?:':memory:'|'')/gi, ' ')
    .replace(QUOTED, text => (/^(?:--|\/\*)/.test(text) ? ' ' : ' ? '));
  if (OPENS_FILES.test(bare)) {
    throw Object.assign(
      new Error(
        'not authorized: a container of the embedded cluster opens one file with each connection, ' +
          'as those of ATTACH and VACUUM INTO would not be held to it; use another DatabaseSync, or backup()',
      ),
      { code: 'ERR_SQLITE_ERROR', errcode: 23, errstr: 'not authorized' },
    );
  }
}

function cannotOpen(location) {
  return Object.assign(
    new Error(
      `unable to open database file: ${location} is none of the container's files`,
    ),
    {
      code: 'ERR_SQLITE_ERROR',
      errcode: 14,
      errstr: 'unable to open database file',
    },
  );
}
