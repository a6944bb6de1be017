import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { WaitedObject, waitForObjects } from '../wait';
import { deliveredStatus } from './deliveredStatus';

/** Of a whole wait for a controller, where nobody says otherwise. */
export const DEFAULT_DELIVERY_SECONDS = 600;

interface WaitOptions {
  client: KubernetesClient;
  /** Of the controller's objects. */
  objects: ObjectRef[];
  timeoutSeconds: number;
  /** One line for people per change. */
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Waits until the controller's objects exist, as after a merge.
 *
 * @returns whether they do; false: the time was up
 * @throws WaitTimeoutError where only some of them exist
 */
export async function waitForRegistration(
  options: WaitOptions,
): Promise<boolean> {
  const { client, objects, signal } = options;
  if (options.timeoutSeconds === 0) {
    const found = await Promise.all(
      objects.map(ref => client.get(ref, { signal })),
    );
    return found.every(object => object !== undefined);
  }
  try {
    await waitForObjects({
      ...options,
      statusOf: () => ({ status: 'current', message: 'exists' }),
      onTrouble: options.onProgress,
    });
    return true;
  } catch (error) {
    if (
      error instanceof WaitTimeoutError &&
      error.blocked.every(({ status }) => status === 'absent')
    ) {
      return false;
    }
    throw error;
  }
}

/**
 * Waits until the controller has applied the commit and found all objects
 * healthy. Reads only.
 *
 * @param options.commit - undefined: whichever the controller is at
 * @throws WaitTimeoutError, WaitFailedError with what the controller says
 */
export async function waitForDelivery(
  options: WaitOptions & { commit: string | undefined },
): Promise<WaitedObject[]> {
  const { commit, onProgress, ...rest } = options;
  return waitForObjects({
    ...rest,
    statusOf: object => deliveredStatus(object, commit),
    onChange: ({ line }) => onProgress?.(line),
    onTrouble: onProgress,
  });
}
