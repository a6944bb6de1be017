import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifecycle } from './lifecycle';

/**
 * How long the service serves on after it was told to end. Kubernetes tells
 * every node's proxy at the same time; the slowest was seen to need 1 to 3 s.
 */
export const DRAIN_MILLISECONDS = 3_000;

export interface ShutdownOptions {
  server: Server;
  lifecycle: Lifecycle;
  /** Default {@link DRAIN_MILLISECONDS}. */
  drainMilliseconds?: number;
}

/**
 * Ends the service without losing a request: it turns unready, serves on with
 * `Connection: close`, then closes and waits for the requests in flight.
 */
export async function shutdown({
  server,
  lifecycle,
  drainMilliseconds = DRAIN_MILLISECONDS,
}: ShutdownOptions): Promise<void> {
  lifecycle.drain();
  await sleep(drainMilliseconds);
  await new Promise<void>((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
  });
}
