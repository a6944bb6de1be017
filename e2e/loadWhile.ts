import { requireLoopback } from './load';

/** Whatever the work does. */
const MOST_SECONDS = 300;
/** Of one answer. */
const LIMIT_MILLISECONDS = 10_000;
const TICK_MILLISECONDS = 20;

export interface LoadDuring<T> {
  /** What the work gave. */
  result: T;
  sent: number;
  /** With status 200. */
  answered: number;
  /** Why the others were not, each reason once. */
  failures: string[];
  p99Milliseconds: number;
}

/**
 * Requests at an even rate for as long as some work takes, each of which is
 * waited for. They are sent on time, however slow the answers are, and none is
 * sent a second time.
 *
 * @throws Error for an address that is not loopback, and when the work takes
 *   longer than five minutes
 */
export async function loadWhile<T>(
  { url, requestsPerSecond }: { url: string; requestsPerSecond: number },
  work: () => Promise<T>,
): Promise<LoadDuring<T>> {
  requireLoopback(url);
  const durations: number[] = [];
  const failures = new Set<string>();
  const inFlight = new Set<Promise<void>>();
  const startedAt = performance.now();
  let sent = 0;

  const ask = async () => {
    const sentAt = performance.now();
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
      });
      await answer.arrayBuffer();
      if (answer.status === 200) {
        durations.push(performance.now() - sentAt);
      } else {
        failures.add(`HTTP ${answer.status}`);
      }
    } catch (error) {
      failures.add(reasonOf(error));
    }
  };
  const timer = setInterval(() => {
    const seconds = (performance.now() - startedAt) / 1000;
    const due = Math.min(seconds, MOST_SECONDS) * requestsPerSecond;
    for (; sent < due; sent += 1) {
      const asked = ask().finally(() => inFlight.delete(asked));
      inFlight.add(asked);
    }
  }, TICK_MILLISECONDS);
  let result: T;
  try {
    result = await work();
  } finally {
    clearInterval(timer);
    await Promise.all(inFlight);
  }
  if (performance.now() - startedAt > MOST_SECONDS * 1000) {
    throw new Error(`The load ended after ${MOST_SECONDS} s, before the work.`);
  }
  durations.sort((a, b) => a - b);
  return {
    result,
    sent,
    answered: durations.length,
    failures: [...failures],
    p99Milliseconds: Math.round(
      durations[Math.ceil(durations.length * 0.99) - 1] ?? 0,
    ),
  };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause ?? error : error;
  return cause instanceof Error ? cause.message : String(cause);
}
