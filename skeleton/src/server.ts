import closeWithGrace from 'close-with-grace';
import { createApp } from './app';
import { createLifecycle } from './lifecycle';
import { listen } from './listen';
import { listenPort } from './listenPort';
import { log } from './log';
import { podName } from './podName';
import { shutdown } from './shutdown';

/**
 * Drain (3 s) and the slowest request in flight fit in here; with the preStop
 * hook's 3 s it stays below the Deployment's terminationGracePeriodSeconds.
 */
const SHUTDOWN_BUDGET_MILLISECONDS = 20_000;

async function main(): Promise<void> {
  const lifecycle = createLifecycle();
  const app = createApp({
    lifecycle,
    podName: podName(),
    onError: error => log.error({ err: error }, 'request failed'),
  });
  const server = await listen(app, listenPort());
  log.info({ address: server.address() }, 'listening');

  closeWithGrace(
    { delay: SHUTDOWN_BUDGET_MILLISECONDS, logger: log },
    async ({ signal, err }) => {
      if (err) {
        log.fatal({ err }, 'ending because of an error');
      } else {
        log.info({ signal }, 'ending');
      }
      await shutdown({ server, lifecycle });
      log.info('ended');
    },
  );
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'could not start');
  process.exitCode = 1;
});
