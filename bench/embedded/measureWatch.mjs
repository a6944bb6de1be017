import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from './ApiClient.mjs';
import { configMap, configMapsPath } from './configMap.mjs';

const WRITES = 300;
const PAUSE_MILLISECONDS = 5;
const PATIENCE_MILLISECONDS = 10_000;
const NAME = 'bench-watched';

/**
 * How long after a write its event is at a watcher.
 *
 * @returns milliseconds of each write: `sinceAnswer` from the moment the writer
 * has its answer (0 where the event was there before it), `sinceRequest` from
 * the moment the write was sent
 */
export async function measureWatch(access, namespace) {
  const client = new ApiClient(access, 1);
  const path = configMapsPath(namespace);
  let arrived = () => {};
  const endWatch = await client.watch(path, ({ object }) => {
    if (object.metadata?.name === NAME) {
      arrived(object.data.revision);
    }
  });
  const sinceAnswer = [];
  const sinceRequest = [];
  try {
    for (let write = 0; write < WRITES; write++) {
      const revision = String(Date.now() * 1_000 + write);
      const body = configMap(namespace, NAME, revision);
      const event = new Promise((resolve, reject) => {
        const timeout = setTimeout(
          () => reject(new Error(`no event of revision ${revision}`)),
          PATIENCE_MILLISECONDS,
        );
        arrived = seen => {
          if (seen === revision) {
            clearTimeout(timeout);
            resolve(performance.now());
          }
        };
      });
      const sent = performance.now();
      const [answered, seen] = await Promise.all([
        client.apply(`${path}/${NAME}`, body).then(() => performance.now()),
        event,
      ]);
      sinceAnswer.push(Math.max(0, seen - answered));
      sinceRequest.push(seen - sent);
      await sleep(PAUSE_MILLISECONDS);
    }
  } finally {
    endWatch();
    client.close();
  }
  return { sinceAnswer, sinceRequest };
}
