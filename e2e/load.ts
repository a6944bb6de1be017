import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const autocannon = createRequire(__filename).resolve(
  'autocannon/autocannon.js',
);

const LIMIT_MILLISECONDS = 10 * 60 * 1000;

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

export interface Load {
  url: string;
  connections: number;
  requests: number;
  /** Overall; undefined: as fast as they come. */
  requestsPerSecond?: number;
}

/**
 * Bounded load on a loopback address; it stops by itself.
 *
 * @throws Error for any other address
 */
export async function runLoad(load: Load): Promise<LoadResult> {
  requireLoopback(load.url);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      autocannon,
      '--json',
      '--connections',
      String(load.connections),
      '--amount',
      String(load.requests),
      ...(load.requestsPerSecond === undefined
        ? []
        : ['--overallRate', String(load.requestsPerSecond)]),
      load.url,
    ],
    { maxBuffer: 16 * 1024 * 1024, timeout: LIMIT_MILLISECONDS },
  );
  const parsed = result.parse(JSON.parse(stdout));
  return {
    answered: parsed['2xx'],
    failed: parsed.non2xx + parsed.errors + parsed.timeouts,
    durationSeconds: parsed.duration,
    p99Milliseconds: parsed.latency.p99,
  };
}

/** Path of the load generator `hey`; undefined where it is not on the PATH. */
export function findHey(environment: NodeJS.ProcessEnv): string | undefined {
  return (environment.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'hey'))
    .find(path => existsSync(path));
}

/**
 * The same with `hey`, which asks again by itself when a connection is reset:
 * what it counts as failed was answered wrongly, or not at all in the end.
 */
export async function runHey(
  hey: string,
  load: Load & { requestsPerSecond: number },
): Promise<LoadResult> {
  requireLoopback(load.url);
  const startedAt = Date.now();
  const { stdout } = await promisify(execFile)(
    hey,
    [
      '-c',
      String(load.connections),
      '-n',
      String(load.requests),
      // Per connection.
      '-q',
      String(load.requestsPerSecond / load.connections),
      load.url,
    ],
    { timeout: LIMIT_MILLISECONDS },
  );
  const answered = Number(/\[200\]\s+(\d+) responses/.exec(stdout)?.[1] ?? 0);
  const p99Seconds = Number(/99%+ in ([\d.]+) secs/.exec(stdout)?.[1]);
  return {
    answered,
    failed: load.requests - answered,
    durationSeconds: (Date.now() - startedAt) / 1000,
    p99Milliseconds: p99Seconds * 1000,
  };
}

/** @throws Error for any other address: load goes nowhere else. */
export function requireLoopback(url: string): void {
  if (new URL(url).hostname !== '127.0.0.1') {
    throw new Error(`Load goes to 127.0.0.1 only, not to ${url}`);
  }
}
