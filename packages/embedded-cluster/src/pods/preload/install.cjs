'use strict';
// Runs in a container's process before its program, in every thread. Plain
// CommonJS without dependencies: nothing of the image is loaded by then.
const { syncBuiltinESMExports } = require('node:module');
const { isMainThread } = require('node:worker_threads');
const { createPaths } = require('./paths.cjs');
const { mapFiles } = require('./files.cjs');
const { mapGlobs } = require('./globs.cjs');
const { mapModules } = require('./modules.cjs');
const { createLocalSockets } = require('./localSockets.cjs');
const { createRoutes } = require('./routes.cjs');
const { mapListening } = require('./listening.cjs');
const { mapConnecting } = require('./connecting.cjs');
const { mapDatagrams } = require('./datagrams.cjs');
const { holdWorkers } = require('./workers.cjs');
const { keepSignals } = require('./signals.cjs');
const { mapNames } = require('./names.cjs');
const { endWithParent, createReporter } = require('./parent.cjs');

/**
 * Makes this process believe that it runs in its pod.
 *
 * What does not work: `process.cwd()`, `__dirname` and `fs.realpath` tell the
 * paths of the machine, which are understood wherever the container's are.
 * UDP is kept on loopback and does not reach the cluster. The `execArgv`
 * and `NODE_OPTIONS` that a program gives its worker threads are ignored.
 *
 * @param {object} pod
 * @param {string} pod.name
 * @param {string} pod.namespace
 * @param {string} pod.ip
 * @param {string} pod.routesFile what is where in the network, as JSON; replaced whole whenever it changes
 * @param {number} pod.parent the kubelet's process
 * @param {Record<string, string>} pod.environment variables as declared, where the process was started with others
 * @param {string} pod.root folder that the image is unpacked in
 * @param {{path: string, real: string, device: string}[]} pod.mounts folders elsewhere; those of one device with the image have its device, ''
 * @param {string[]} pod.realPaths folders whose paths are left as they are
 */
exports.install = pod => {
  endWithParent(pod.parent);
  if (isMainThread) {
    showEnvironment(pod.environment);
  }
  const paths = createPaths(pod);
  const routes = createRoutes(pod);
  const localSocket = createLocalSockets(paths);
  mapListening({ pod, routes, report: createReporter(), localSocket });
  mapConnecting({ routes, localSocket });
  mapNames({ pod, routes });
  mapFiles(paths);
  mapGlobs(paths);
  mapDatagrams({ routes });
  holdWorkers(paths);
  mapModules(paths);
  keepSignals();
  syncBuiltinESMExports();
};

/** Node has read what it reads of them; the program is to see what was declared. */
function showEnvironment(declared) {
  for (const [name, value] of Object.entries(declared)) {
    process.env[name] = value;
  }
}
