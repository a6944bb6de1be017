import {
  formatObjectRef,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { ResolvedObject } from './ResolvedObject';
import { resourcesOfDefinition } from './resolveObjects';

const POLL_MILLISECONDS = 200;
const TIMEOUT_SECONDS = 60;

const conditionsSchema = z.object({
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            message: z.string().default(''),
          }),
        )
        .default([]),
    })
    .default({}),
});

function conditionOf(object: KubernetesObject | undefined, type: string) {
  const parsed = conditionsSchema.safeParse(object);
  return parsed.success
    ? parsed.data.status.conditions.find(condition => condition.type === type)
    : undefined;
}

/**
 * Waits until the server serves the kinds of definitions that were just applied:
 * established, and listed by discovery, which comes a little later.
 *
 * @throws Error when a definition's names are refused, or after 60 seconds
 */
export async function awaitDefinitions(options: {
  client: KubernetesClient;
  definitions: ResolvedObject[];
  signal?: AbortSignal;
}): Promise<void> {
  const { client, definitions, signal } = options;
  let pending = definitions.filter(
    ({ object }) => resourcesOfDefinition(object).length > 0,
  );
  const deadline = performance.now() + TIMEOUT_SECONDS * 1000;
  while (pending.length > 0) {
    const catalog = await client.discover({ fresh: true, signal });
    const served = await Promise.all(
      pending.map(async ({ object, ref }) => {
        const live = await client.get(ref, { signal });
        const names = conditionOf(live, 'NamesAccepted');
        if (names?.status === 'False') {
          throw new Error(
            `${formatObjectRef(ref)} cannot be established: ${
              names.message
            }. Remove the definition that has these names, or give others.`,
          );
        }
        return (
          conditionOf(live, 'Established')?.status === 'True' &&
          resourcesOfDefinition(object).every(
            ({ apiVersion, kind }) =>
              catalog.find(apiVersion, kind) !== undefined,
          )
        );
      }),
    );
    pending = pending.filter((_, index) => !served[index]);
    if (pending.length > 0) {
      if (performance.now() > deadline) {
        throw new Error(
          `timeout after ${TIMEOUT_SECONDS} s waiting until cluster '${
            client.cluster
          }' serves ${pending
            .map(({ ref }) => formatObjectRef(ref))
            .join(', ')}. Look at the definition's conditions.`,
        );
      }
      await sleep(POLL_MILLISECONDS, { signal });
    }
  }
}
