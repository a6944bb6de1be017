import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One cluster, seen through kubectl as its administrator. */
export class Cluster {
  #kubectl;
  #env;

  constructor({ name, kubeconfig, directory, kubectl }) {
    this.name = name;
    this.#kubectl = kubectl;
    // A home of its own: neither the user's kuberc nor a cache of what another
    // cluster serves has a say in what is printed.
    const home = join(directory, name);
    mkdirSync(home, { recursive: true });
    this.#env = {
      PATH: process.env.PATH,
      HOME: home,
      KUBECACHEDIR: join(home, 'cache'),
      KUBECONFIG: kubeconfig,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
    };
  }

  /** Learns the names that only this cluster has. */
  static async open(options) {
    const cluster = new Cluster(options);
    const [node, who, server] = await Promise.all([
      cluster.run([
        'get',
        'nodes',
        '-o',
        'jsonpath={.items[0].metadata.name} {.items[0].status.addresses[?(@.type=="InternalIP")].address}',
      ]),
      cluster.run([
        'auth',
        'whoami',
        '-o',
        'jsonpath={.status.userInfo.username}',
      ]),
      cluster.run([
        'config',
        'view',
        '--minify',
        '-o',
        'jsonpath={.clusters[0].cluster.server}',
      ]),
    ]);
    if (node.exitCode !== 0) {
      throw new Error(`The ${cluster.name} cluster: ${node.stderr}`);
    }
    [cluster.nodeName, cluster.nodeAddress] = node.stdout.split(' ');
    cluster.user = who.stdout;
    cluster.server = server.stdout;
    return cluster;
  }

  /**
   * @param args - of kubectl
   * @param input - what it reads on stdin
   * @param endAfterMs - when it is ended, for commands that do not end
   * @returns what it printed and how it ended
   */
  run(args, { input = '', endAfterMs = 45_000 } = {}) {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#kubectl, args, { env: this.#env });
      const printed = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr']) {
        child[stream].setEncoding('utf8');
        child[stream].on('data', text => {
          printed[stream] += text;
        });
      }
      const timer = setTimeout(() => child.kill('SIGTERM'), endAfterMs);
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        resolve({ ...printed, exitCode: code ?? signal });
      });
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
  }
}
