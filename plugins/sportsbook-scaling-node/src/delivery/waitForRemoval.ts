import {
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { mapInFlight } from '../apply/mapInFlight';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterUnreachableError } from '../errors/ClusterUnreachableError';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';

/** Between two looks, where nobody says otherwise. */
const POLL_MILLISECONDS = 1_000;
/** An API server that restarts is back within it. */
const UNREACHABLE_TOLERANCE_SECONDS = 60;

/** Objects of one cluster. */
export interface ObjectsThere {
  client: KubernetesClient;
  objects: ObjectRef[];
}

interface Remaining {
  client: KubernetesClient;
  ref: ObjectRef;
  object: KubernetesObject;
}

/**
 * Those of some objects that are there. A kind that is not served any more has
 * no objects either. Gets each, so that no right to list or watch is needed.
 */
export async function stillThere(
  { client, objects }: ObjectsThere,
  options: { signal?: AbortSignal } = {},
): Promise<{ ref: ObjectRef; object: KubernetesObject }[]> {
  const found = await mapInFlight(objects, async ref => {
    try {
      return { ref, object: await client.get(ref, options) };
    } catch (error) {
      if (error instanceof ApiNotInstalledError) {
        return { ref, object: undefined };
      }
      throw error;
    }
  });
  return found.flatMap(({ ref, object }) =>
    object === undefined ? [] : [{ ref, object }],
  );
}

/** How far its removal is; what it has become otherwise does not matter any more. */
function statusOf(object: KubernetesObject): ObjectStatus['status'] {
  return object.metadata.deletionTimestamp === undefined
    ? 'current'
    : 'terminating';
}

function describeRemaining(object: KubernetesObject): string {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined) {
    return 'is still there, and nobody has asked for its deletion';
  }
  return finalizers.length === 0
    ? 'is being deleted'
    : `is being deleted, and kept by the finalizers ${finalizers.join(', ')}`;
}

/**
 * Waits until others have removed objects. Reads only.
 *
 * @param options.of - objects of one or more clusters
 * @param options.timeoutSeconds - of the whole wait; 0: looks once
 * @throws WaitTimeoutError, naming every object that stays, and what keeps it
 * @throws ClusterUnreachableError where a cluster does not answer for 60 s
 */
export async function waitForRemoval(options: {
  of: ObjectsThere[];
  timeoutSeconds: number;
  /** Between two looks. Default 1000. */
  pollMilliseconds?: number;
  /** One line for people per object that has gone, and when the cluster stops answering. */
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<void> {
  const { timeoutSeconds, onProgress, signal } = options;
  const { pollMilliseconds = POLL_MILLISECONDS } = options;
  const deadline = performance.now() + timeoutSeconds * 1000;
  let pending = options.of;
  let unreachableSince: number | undefined;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const remaining = await lookAt(pending);
      unreachableSince = undefined;
      if (remaining.length === 0) {
        return;
      }
      if (performance.now() >= deadline) {
        throw new WaitTimeoutError(
          timeoutSeconds,
          remaining.map(({ ref, object }) => ({
            ref,
            status: statusOf(object),
            message: describeRemaining(object),
            causes: [],
          })),
        );
      }
    } catch (error) {
      if (!(error instanceof ClusterUnreachableError)) {
        throw error;
      }
      const now = performance.now();
      if (unreachableSince === undefined) {
        onProgress?.(`${error.message} Trying again.`);
      }
      unreachableSince ??= now;
      if (now - unreachableSince > UNREACHABLE_TOLERANCE_SECONDS * 1000) {
        throw error;
      }
    }
    await sleep(pollMilliseconds, { signal });
  }

  async function lookAt(groups: ObjectsThere[]): Promise<Remaining[]> {
    const looked = await Promise.all(
      groups.map(async group => ({
        group,
        there: await stillThere(group, { signal }),
      })),
    );
    pending = looked.map(({ group, there }) => ({
      client: group.client,
      objects: group.objects.filter(ref => {
        const stays = there.some(({ ref: of }) => of === ref);
        if (!stays) {
          onProgress?.(`gone: ${formatObjectRef(ref)}`);
        }
        return stays;
      }),
    }));
    return looked.flatMap(({ group, there }) =>
      there.map(one => ({ client: group.client, ...one })),
    );
  }
}

/**
 * Waits until somebody has asked for the deletion of objects, or they are gone:
 * what a merge comes to.
 *
 * @param options.timeoutSeconds - 0: looks once
 * @returns whether somebody has; false: the time was up
 */
export async function waitForRemovalToBegin(
  options: ObjectsThere & {
    timeoutSeconds: number;
    /** Between two looks. Default 1000. */
    pollMilliseconds?: number;
    signal?: AbortSignal;
  },
): Promise<boolean> {
  const { timeoutSeconds, signal } = options;
  const { pollMilliseconds = POLL_MILLISECONDS } = options;
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    signal?.throwIfAborted();
    const there = await stillThere(options, { signal });
    if (
      there.every(
        ({ object }) => object.metadata.deletionTimestamp !== undefined,
      )
    ) {
      return true;
    }
    if (performance.now() >= deadline) {
      return false;
    }
    await sleep(pollMilliseconds, { signal });
  }
}
