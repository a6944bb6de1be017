import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const stateSchema = z
  .object({
    waiting: z
      .object({ reason: z.string().nullish(), message: z.string().nullish() })
      .nullish(),
    terminated: z
      .object({
        reason: z.string().nullish(),
        exitCode: z.number(),
      })
      .nullish(),
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
  .nullish();

const podSchema = z.object({
  status: z.object({
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().nullish(),
          message: z.string().nullish(),
        }),
      )
      .nullish(),
    initContainerStatuses: containersSchema,
    containerStatuses: containersSchema,
  }),
});

/** What every pod goes through; says nothing about trouble. */
const ORDINARY = ['ContainerCreating', 'PodInitializing'];

/**
 * Why a pod does not run: what keeps it unscheduled, and what its containers
 * wait for or ended with. Empty for a pod that is ready or merely starting.
 */
export function podWaitingReasons(pod: KubernetesObject): string[] {
  const parsed = podSchema.safeParse(pod);
  if (!parsed.success) {
    return [];
  }
  const { conditions, initContainerStatuses, containerStatuses } =
    parsed.data.status;
  const unscheduled = (conditions ?? [])
    .filter(({ type, status }) => type === 'PodScheduled' && status === 'False')
    .map(({ reason, message }) => `${reason ?? 'Unschedulable'}: ${message}`);
  const waiting = [
    ...(initContainerStatuses ?? []),
    ...(containerStatuses ?? []),
  ].flatMap(({ name, ready, state, lastState }) => {
    const { waiting: wait } = state ?? {};
    if (wait && !ORDINARY.includes(wait.reason ?? '')) {
      const exit = lastState?.terminated;
      return [
        `container ${name} waits: ${[
          wait.reason,
          wait.message,
          exit ? `last exit code ${exit.exitCode}` : undefined,
        ]
          .filter(part => part !== undefined && part !== null && part !== '')
          .join(', ')}`,
      ];
    }
    const ended = state?.terminated;
    return !ready && ended && ended.exitCode !== 0
      ? [
          `container ${name} ended with exit code ${ended.exitCode}${
            ended.reason ? ` (${ended.reason})` : ''
          }`,
        ]
      : [];
  });
  return [...unscheduled, ...waiting].map(
    reason => `pod ${pod.metadata.name}: ${reason}`,
  );
}
