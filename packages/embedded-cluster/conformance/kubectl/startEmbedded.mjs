import { execFile, fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const bundler = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  'scripts',
  'bundle.mjs',
);

/**
 * Builds the embedded cluster and starts one in `directory`.
 *
 * @returns its kubeconfig, and what ends it
 */
export async function startEmbedded({ bundle, directory }) {
  await promisify(execFile)(process.execPath, [bundler, bundle]);
  const child = fork(bundle, ['--directory', directory], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--no-deprecation'],
  });
  const exited = new Promise(resolve => child.once('exit', resolve));
  const ready = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code =>
      reject(new Error(`The embedded cluster ended at its start: ${code}.`)),
    );
    child.once('message', message =>
      message.ready
        ? resolve(message.ready)
        : reject(new Error(`The embedded cluster: ${message.failed}`)),
    );
  });
  return {
    kubeconfig: ready.kubeconfig,
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
