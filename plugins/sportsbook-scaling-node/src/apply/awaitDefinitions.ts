import {
  formatObjectRef,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { mapInFlight } from './mapInFlight';
import { ResolvedObject } from './ResolvedObject';
import { resourcesOfDefinition } from './resolveObjects';

const POLL_MILLISECONDS = 200;
/** A definition that discovery does not list is read once in so many polls. */
const POLLS_PER_LOOK = 5;
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
 * Looks at a definition itself, which may have hundreds of kilobytes.
 *
 * @returns whether it is established
 * @throws Error when its names are refused
 */
async function isEstablished(
  client: KubernetesClient,
  { ref }: ResolvedObject,
  signal?: AbortSignal,
): Promise<boolean> {
  const live = await client.get(ref, { signal });
  const names = conditionOf(live, 'NamesAccepted');
  if (names?.status === 'False') {
    throw new Error(
      `${formatObjectRef(ref)} cannot be established: ${
        names.message
      }. Remove the definition that has these names, or give others.`,
    );
  }
  return conditionOf(live, 'Established')?.status === 'True';
}

/**
 * Waits until the server serves the kinds of definitions that were just applied:
 * established, and listed by discovery, which comes a little later.
 *
 * @remarks
 * Discovery tells of all of them in one answer; a definition is read once it is
 * listed there, and now and then while it is not, for the reason.
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
  for (let poll = 1; pending.length > 0; poll += 1) {
    const catalog = await client.discover({ fresh: true, signal });
    const served = await mapInFlight(pending, async definition => {
      const isListed = resourcesOfDefinition(definition.object).every(
        ({ apiVersion, kind }) => catalog.find(apiVersion, kind) !== undefined,
      );
      return isListed || poll % POLLS_PER_LOOK === 0
        ? (await isEstablished(client, definition, signal)) && isListed
        : false;
    });
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
