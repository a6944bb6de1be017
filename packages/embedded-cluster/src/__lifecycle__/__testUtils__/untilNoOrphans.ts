import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiConnection } from './ApiConnection';
import { LABEL } from './writtenKinds';

const APPS = '/apis/apps/v1/namespaces/betting';

const deploymentsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ uid: z.string(), generation: z.number() }),
      status: z.object({ observedGeneration: z.number().default(0) }),
    }),
  ),
});

const replicaSetsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        ownerReferences: z.tuple([z.object({ uid: z.string() })]),
      }),
    }),
  ),
});

/**
 * Waits until the controllers have seen every Deployment as it is, and every
 * ReplicaSet whose Deployment is gone is gone as well.
 *
 * @throws Error with what is left after 15 s
 */
export async function untilNoOrphans(api: ApiConnection): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const owners = deploymentsSchema.parse(
      await api.get(`${APPS}/deployments?labelSelector=${LABEL}`),
    ).items;
    const owned = replicaSetsSchema.parse(
      await api.get(`${APPS}/replicasets?labelSelector=${LABEL}`),
    ).items;
    const uids = owners.map(({ metadata }) => metadata.uid);
    const orphans = owned.filter(
      ({ metadata }) => !uids.includes(metadata.ownerReferences[0].uid),
    );
    const unseen = owners.filter(
      ({ metadata, status }) => status.observedGeneration < metadata.generation,
    );
    if (orphans.length === 0 && unseen.length === 0) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `controllers did not get there: ${JSON.stringify({ orphans, unseen })}`,
      );
    }
    await sleep(50);
  }
}
