import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const stateSchema = z
  .object({
    running: z.unknown().optional(),
    terminated: z.object({ exitCode: z.number() }).nullish(),
  })
  .nullish();

const containersSchema = z
  .array(
    z.object({
      name: z.string(),
      ready: z.boolean().default(false),
      state: stateSchema,
      lastState: stateSchema,
    }),
  )
  .nullish()
  .transform(containers => containers ?? []);

const podSchema = z.object({
  status: z.object({
    phase: z.string().nullish(),
    initContainerStatuses: containersSchema,
    containerStatuses: containersSchema,
  }),
});

/** A container that has run, so that it has a log, and not as it should. */
export interface TroubledContainer {
  name: string;
  /** Whether the trouble is in the log of the run before: this one has just begun. */
  previousRun: boolean;
  /** Whether there was a run before at all. */
  ranBefore: boolean;
}

/** Containers of a pod whose log may tell why it is not ready, in their order. */
export function troubledContainers(pod: KubernetesObject): TroubledContainer[] {
  const parsed = podSchema.safeParse(pod);
  if (!parsed.success || parsed.data.status.phase === 'Succeeded') {
    return [];
  }
  const { initContainerStatuses, containerStatuses } = parsed.data.status;
  return [...initContainerStatuses, ...containerStatuses].flatMap(
    ({ name, ready, state, lastState }) => {
      const ended = state?.terminated ?? undefined;
      const endedBefore = lastState?.terminated ?? undefined;
      const runs = state?.running !== undefined && state.running !== null;
      if (ready || (ended !== undefined && ended.exitCode === 0)) {
        return [];
      }
      // While it waits to be restarted, its log is still that of the last run.
      return runs || ended !== undefined || endedBefore !== undefined
        ? [
            {
              name,
              previousRun: runs && endedBefore !== undefined,
              ranBefore: endedBefore !== undefined,
            },
          ]
        : [];
    },
  );
}
