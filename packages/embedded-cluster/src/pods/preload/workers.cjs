'use strict';
const threads = require('node:worker_threads');

/**
 * Worker threads are held as the process is: Node gives a thread with an
 * `execArgv` of its own, or with `NODE_OPTIONS`, other permissions, so both are
 * left out and the thread inherits the process's.
 */
exports.holdWorkers = paths => {
  const { Worker } = threads;

  function HeldWorker(file, options) {
    return Reflect.construct(
      Worker,
      [realFile(file, options), held(options)],
      new.target === HeldWorker ? Worker : new.target,
    );
  }
  HeldWorker.prototype = Worker.prototype;
  Worker.prototype.constructor = HeldWorker;
  Object.defineProperty(HeldWorker, 'name', { value: 'Worker' });
  threads.Worker = HeldWorker;

  function realFile(file, options) {
    if (typeof file === 'string') {
      return options?.eval === true || !file.startsWith('/')
        ? file
        : paths.toReal(file);
    }
    return file instanceof URL && file.protocol === 'file:'
      ? new URL(paths.urlToReal(file))
      : file;
  }
};

function held(options) {
  const { execArgv: _own, ...rest } = options ?? {};
  if (typeof rest.env === 'object' && rest.env !== null) {
    const { NODE_OPTIONS: _options, ...env } = rest.env;
    rest.env = env;
  }
  return rest;
}
