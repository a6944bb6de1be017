import { ApiClient } from './ApiClient.mjs';
import { configMap, configMapsPath } from './configMap.mjs';

const CONNECTIONS = 8;
const OBJECTS = 40;
const WARM_UP_SECONDS = 1;

/**
 * Server-side applies of ConfigMaps as fast as they are answered, each of
 * which changes its object.
 *
 * @returns `{perSecond, p50Milliseconds, p99Milliseconds}` after a warm-up
 */
export async function measureApplies(access, namespace, seconds) {
  const client = new ApiClient(access, CONNECTIONS);
  let revision = Date.now();
  const run = async forSeconds => {
    const begin = performance.now();
    const end = begin + forSeconds * 1_000;
    const durations = [];
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (let now = performance.now(); now < end; ) {
          revision += 1;
          const name = `bench-${revision % OBJECTS}`;
          const answer = await client.apply(
            `${configMapsPath(namespace)}/${name}`,
            configMap(namespace, name, revision),
          );
          if (answer.metadata?.resourceVersion === undefined) {
            throw new Error(`no object was answered: ${answer}`);
          }
          const answered = performance.now();
          durations.push(answered - now);
          now = answered;
        }
      }),
    );
    return {
      perSecond: durations.length / ((performance.now() - begin) / 1_000),
      durations,
    };
  };
  try {
    await run(WARM_UP_SECONDS);
    return await run(seconds);
  } finally {
    client.close();
  }
}
