import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/setup/paths.mjs';
import { EmbeddedCluster } from '../../scripts/start/EmbeddedCluster.mjs';

const pidusage = createRequire(
  join(root, 'packages/embedded-cluster/package.json'),
)('pidusage');

/** An embedded cluster as `npm start` runs it. */
export class Server {
  #cluster;

  /** Path of the administrator's kubeconfig. */
  kubeconfig;
  /** From before the process was started until it said that it is ready. */
  readySeconds;

  /**
   * @param directory of its state
   * @param namespace is made at the start
   * @throws SetupError with the end of its log
   */
  static async start(directory, namespace) {
    const server = new Server();
    server.#cluster = new EmbeddedCluster({
      node: { binary: process.execPath },
      env: process.env,
      directory,
      namespaces: [namespace],
      logFile: `${directory}.log`,
      say: line => console.error(line),
    });
    const begin = performance.now();
    const { kubeconfig } = await server.#cluster.start();
    server.readySeconds = (performance.now() - begin) / 1_000;
    server.kubeconfig = kubeconfig;
    return server;
  }

  get pid() {
    return this.#cluster.pid;
  }

  /** @returns `{residentMB, cpuSeconds}`: memory now, processor time since it began; without its pods */
  async usage() {
    const { memory, ctime } = await pidusage(this.pid);
    return { residentMB: memory / 1e6, cpuSeconds: ctime / 1_000 };
  }

  stop() {
    return this.#cluster.stop();
  }
}
