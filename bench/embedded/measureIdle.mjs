import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A cluster that nobody asks anything.
 *
 * @returns `{residentMB, cpuShare}`: memory at the end of the rest, processor
 * time of the rest's second half as a share of one core
 */
export async function measureIdle(server, seconds) {
  await sleep((seconds / 2) * 1_000);
  const [before, begin] = [await server.usage(), performance.now()];
  await sleep((seconds / 2) * 1_000);
  const after = await server.usage();
  return {
    residentMB: after.residentMB,
    cpuShare:
      (after.cpuSeconds - before.cpuSeconds) /
      ((performance.now() - begin) / 1_000),
  };
}
