'use strict';
const threads = require('node:worker_threads');

/**
 * Worker threads are held as the process is: Node gives a thread with an
 * `execArgv` of its own, or with `NODE_OPTIONS`, other permissions, so both are
 * left out and the thread inherits the process's.
 */
exports.holdWorkers = () => {
  const { Worker } = threads;

  function HeldWorker(file, options) {
    return Reflect.construct(
      Worker,
      [file, held(options)],
      new.target === HeldWorker ? Worker : new.target,
    );
  }
  HeldWorker.prototype = Worker.prototype;
  Worker.prototype.constructor = HeldWorker;
  Object.defineProperty(HeldWorker, 'name', { value: 'Worker' });
  threads.Worker = HeldWorker;
};

function held(options) {
  const { execArgv: _own, ...rest } = options ?? {};
  if (typeof rest.env === 'object' && rest.env !== null) {
    const { NODE_OPTIONS: _options, ...env } = rest.env;
    rest.env = env;
  }
  return rest;
}
