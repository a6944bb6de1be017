import { setTimeout } from 'node:timers/promises';

/** Resolves after `milliseconds`; rejects with the signal's own reason as soon as it is aborted. */
export async function sleep(
  milliseconds: number,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  }
}
