import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readE2eOptions } from './e2e/options.mjs';
import { main } from './setup/main.mjs';
import { root } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { findContexts } from './start/kubeconfig.mjs';
import { kubeconfigFiles } from './start/kubeconfigFiles.mjs';
import { withoutClusters } from './verify/withoutClusters.mjs';

await main(async ({ takeSignals }) => {
  const args = process.argv.slice(2);
  const { embedded, cluster, kubeconfig } = readE2eOptions(args);
  const entry = args.includes('--platform') ? 'runPlatform.ts' : 'run.ts';
  const { node, env } = await prepare({ cluster: embedded });

  const runEnv = embedded
    ? withoutClusters(env)
    : { ...env, KUBECONFIG: announceCluster(cluster, kubeconfig) };
  const run = spawn(
    node.binary,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), entry, ...args],
    {
      cwd: join(root, 'e2e'),
      env: runEnv,
      stdio: 'inherit',
    },
  );
  // Ctrl-C reaches the run by itself; other signals are handed on.
  takeSignals(signal => signal !== 'SIGINT' && run.kill(signal));
  return new Promise((resolve, reject) => {
    run.once('error', reject);
    run.once('close', (code, signal) => resolve(signal ? 143 : code));
  });
});

/** Says which cluster is meant. @returns the one kubeconfig that holds it */
function announceCluster(cluster, kubeconfig) {
  const { parse } = createRequire(import.meta.url)('yaml');
  const { path, clusters } = findContexts(
    kubeconfigFiles(kubeconfig, {
      environment: process.env,
      directory: process.env.INIT_CWD ?? process.cwd(),
    }),
    [cluster],
    parse,
  );
  const [{ server, user }] = clusters;
  console.log(`\nCluster ${cluster}: ${server} as ${user} (${path})\n`);
  return path;
}
