import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSetEntry } from '../model/ChangeSet';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { findObject } from './findObject';
import { mapInFlight } from './mapInFlight';
import { whyHeld } from './whyHeld';

const POLL_MILLISECONDS = 500;

/** Deleted objects are still there when the time is up. */
export class StillThere extends Error {
  constructor(
    message: string,
    readonly held: { object: KubernetesObject; reason: string }[],
  ) {
    super(message);
  }
}

/**
 * Waits until the deleted objects are gone; a successor of the same name counts
 * as gone.
 *
 * @throws StillThere naming each that is left, and what holds it
 */
export async function awaitGone(
  entries: ChangeSetEntry[],
  options: {
    client: KubernetesClient;
    timeoutSeconds: number;
    signal?: AbortSignal;
  },
): Promise<void> {
  const { client, timeoutSeconds, signal } = options;
  const deadline = performance.now() + timeoutSeconds * 1000;
  let pending = entries.filter(({ action }) => action === 'deleted');
  while (pending.length > 0) {
    const lives = await mapInFlight(pending, async ({ ref, uid }) => {
      const live = await findObject(client, ref, signal);
      return live?.metadata.uid === uid ? live : undefined;
    });
    pending = pending.filter((_, index) => lives[index] !== undefined);
    if (pending.length > 0) {
      if (performance.now() > deadline) {
        const held = await whyHeld(
          client,
          lives.filter(live => live !== undefined),
        );
        throw new StillThere(
          `timeout after ${timeoutSeconds} s waiting until they are gone: ${held
            .map(({ reason }) => reason)
            .join('; ')}.`,
          held,
        );
      }
      await sleep(POLL_MILLISECONDS, { signal });
    }
  }
}
