import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { z } from 'zod';

const autocannon = createRequire(__filename).resolve(
  'autocannon/autocannon.js',
);

const result = z.object({
  '2xx': z.number(),
  non2xx: z.number(),
  errors: z.number(),
  timeouts: z.number(),
  duration: z.number(),
  requests: z.object({ total: z.number() }),
  latency: z.object({ p99: z.number() }),
});

export interface LoadResult {
  answered: number;
  failed: number;
  durationSeconds: number;
  p99Milliseconds: number;
}

/** Bounded load on a loopback address; it stops by itself. */
export async function runLoad(options: {
  url: string;
  connections: number;
  requests: number;
  /** Overall; undefined: as fast as they come. */
  requestsPerSecond?: number;
}): Promise<LoadResult> {
  if (new URL(options.url).hostname !== '127.0.0.1') {
    throw new Error(`Load goes to 127.0.0.1 only, not to ${options.url}`);
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      autocannon,
      '--json',
      '--connections',
      String(options.connections),
      '--amount',
      String(options.requests),
      ...(options.requestsPerSecond === undefined
        ? []
        : ['--overallRate', String(options.requestsPerSecond)]),
      options.url,
    ],
    { maxBuffer: 16 * 1024 * 1024, timeout: 10 * 60 * 1000 },
  );
  const parsed = result.parse(JSON.parse(stdout));
  return {
    answered: parsed['2xx'],
    failed: parsed.non2xx + parsed.errors + parsed.timeouts,
    durationSeconds: parsed.duration,
    p99Milliseconds: parsed.latency.p99,
  };
}
