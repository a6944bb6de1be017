'use strict';
// Runs in a container's process before its program, in every thread. Plain
// CommonJS without dependencies: nothing of the image is loaded by then.
const { syncBuiltinESMExports } = require('node:module');
const { mapFiles } = require('./files.cjs');
const { createRoutes } = require('./routes.cjs');
const { mapListening } = require('./listening.cjs');
const { mapConnecting } = require('./connecting.cjs');
const { mapDatagrams } = require('./datagrams.cjs');
const { holdWorkers } = require('./workers.cjs');
const { mapNames } = require('./names.cjs');
const { endWithParent, createReporter } = require('./parent.cjs');

/**
 * Makes this process believe that it runs in its pod.
 *
 * What does not work: paths that the program hands to Node's module loader
 * (`require('/app/x')`, `import('/app/x')`) are those of the machine, not of
 * the image; so is what `process.cwd()` and `fs.realpath` tell. UDP is
 * kept on loopback but does not know the cluster's names. The `execArgv` and
 * `NODE_OPTIONS` that a program gives its worker threads are ignored.
 *
 * @param {object} pod
 * @param {string} pod.name
 * @param {string} pod.namespace
 * @param {string} pod.ip
 * @param {string} pod.routesFile what is where in the network, as JSON; replaced whole whenever it changes
 * @param {string} pod.root folder that the image is unpacked in
 * @param {{path: string, real: string}[]} pod.mounts folders elsewhere
 * @param {string[]} pod.realPaths folders whose paths are left as they are
 */
exports.install = pod => {
  endWithParent();
  const routes = createRoutes(pod);
  mapListening({ pod, routes, report: createReporter() });
  mapConnecting({ routes });
  mapNames({ pod, routes });
  mapFiles(pod);
  mapDatagrams();
  holdWorkers();
  syncBuiltinESMExports();
};
