import { z } from 'zod/v3';

/** How long an action may wait: whole seconds, from one to an hour. */
export function timeoutSecondsSchema(defaultSeconds: number) {
  return z.number().int().min(1).max(3600).default(defaultSeconds);
}
