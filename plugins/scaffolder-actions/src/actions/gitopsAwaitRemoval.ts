import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  KubernetesClient,
  waitForRemoval,
  waitForRemovalToBegin,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/**
 * Until the controller's objects and what they have brought are gone. It takes
 * its time from the merge on.
 *
 * @throws WaitTimeoutError naming every object that stays, and what keeps it
 */
export async function gitopsAwaitRemoval(options: {
  /** Of the cluster that the controller's objects are on. */
  client: KubernetesClient;
  /** The controller's objects. */
  objects: ObjectRef[];
  /** Of the cluster that the service is on. */
  own: KubernetesClient;
  /** The service's objects. */
  ofService: ObjectRef[];
  /** `betting/odds-api` */
  what: string;
  cluster: string;
  /** `Flux` */
  deliverer: string;
  /** Undefined: nobody has to merge anything. */
  waitForMergeSeconds: number | undefined;
  timeoutSeconds: number;
  onProgress: (line: string) => void;
  signal?: AbortSignal;
}): Promise<{ state: 'removed' | 'awaitingMerge'; summary: string }> {
  const { client, objects, own, ofService, deliverer } = options;
  const { onProgress, signal, timeoutSeconds } = options;
  const where = `${options.what} from cluster '${options.cluster}'`;
  if (
    options.waitForMergeSeconds !== undefined &&
    !(await waitForRemovalToBegin({
      client,
      objects,
      timeoutSeconds: options.waitForMergeSeconds,
      signal,
    }))
  ) {
    return {
      state: 'awaitingMerge',
      summary: `${deliverer} removes ${where} once the pull request is merged. Until then it runs on; run this again afterwards for what is left`,
    };
  }
  onProgress(
    `Waiting at most ${timeoutSeconds} s until ${deliverer} has removed ${where}`,
  );
  await waitForRemoval({
    of: [
      { client, objects },
      { client: own, objects: ofService },
    ],
    timeoutSeconds,
    onProgress,
    signal,
  });
  return { state: 'removed', summary: `${deliverer} has removed ${where}` };
}
