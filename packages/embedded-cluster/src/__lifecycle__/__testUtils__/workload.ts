import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiConnection } from './ApiConnection';

const NAME = 'steady';

/** Two pods of the base image. */
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: NAME, namespace: 'betting' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: NAME } },
    template: {
      metadata: { labels: { app: NAME } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: 'main',
            image: 'node:22-slim',
            command: ['node', '-e', 'setInterval(() => {}, 1000)'],
          },
        ],
      },
    },
  },
};

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        conditions: z
          .array(z.object({ type: z.string(), status: z.string() }))
          .default([]),
        containerStatuses: z
          .array(
            z.object({
              restartCount: z.number(),
              state: z.object({
                running: z.object({ startedAt: z.string() }).optional(),
              }),
            }),
          )
          .default([]),
      }),
    }),
  ),
});

/** How often each pod was restarted, by its name. */
export type Restarts = Readonly<Record<string, number>>;

export async function deploySteadyPods(api: ApiConnection): Promise<void> {
  const { status, body } = await api.call(
    'POST',
    '/apis/apps/v1/namespaces/betting/deployments',
    DEPLOYMENT,
  );
  if (status !== 201) {
    throw new Error(`the Deployment was refused: ${JSON.stringify(body)}`);
  }
}

/**
 * Waits until both pods are ready.
 *
 * @param options.sinceMilliseconds - what was started earlier does not count
 * @param options.before - each was restarted oftener than that
 * @throws Error with the pods as they are after 20 s
 */
export async function untilSteadyPodsRun(
  api: ApiConnection,
  options: { sinceMilliseconds?: number; before?: Restarts } = {},
): Promise<Restarts> {
  const { sinceMilliseconds = 0, before = {} } = options;
  const sinceSecond = Math.floor(sinceMilliseconds / 1_000) * 1_000;
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await api.get(
      `/api/v1/namespaces/betting/pods?labelSelector=app=${NAME}`,
    );
    const { items } = podsSchema.parse(answer);
    const restarts = Object.fromEntries(
      items.map(({ metadata, status }) => [
        metadata.name,
        status.containerStatuses[0]?.restartCount ?? 0,
      ]),
    );
    const areReady = items.every(
      ({ status }) =>
        status.conditions.some(
          one => one.type === 'Ready' && one.status === 'True',
        ) &&
        status.containerStatuses.every(
          ({ state }) =>
            Date.parse(state.running?.startedAt ?? '') >= sinceSecond,
        ),
    );
    const areRestarted = Object.entries(before).every(
      ([name, count]) => (restarts[name] ?? 0) > count,
    );
    if (items.length === 2 && areReady && areRestarted) {
      return restarts;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `the pods do not run again: before ${JSON.stringify(
          before,
        )}, now ${JSON.stringify(items)}`,
      );
    }
    await sleep(20);
  }
}
