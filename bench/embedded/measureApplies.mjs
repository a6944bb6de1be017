import { ApiClient } from './ApiClient.mjs';
import { configMap, configMapsPath } from './configMap.mjs';

const CONNECTIONS = 8;
const OBJECTS = 40;
const WARM_UP_SECONDS = 1;

/**
 * Server-side applies of ConfigMaps as fast as they are answered, each of
 * which changes its object.
 *
 * @param cpuSeconds reads the processor time of the server; may be absent
 * @returns after a warm-up: `perSecond`; `perCpuSecond`, which other programs
 * on the machine do not lessen; `durations`, the milliseconds of each
 */
export async function measureApplies({
  access,
  namespace,
  seconds,
  cpuSeconds,
}) {
  const client = new ApiClient(access, CONNECTIONS);
  let revision = Date.now();
  const run = async forSeconds => {
    const cpuBefore = await cpuSeconds?.();
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
    const took = (performance.now() - begin) / 1_000;
    return {
      perSecond: durations.length / took,
      ...(cpuSeconds && {
        perCpuSecond: durations.length / ((await cpuSeconds()) - cpuBefore),
      }),
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
