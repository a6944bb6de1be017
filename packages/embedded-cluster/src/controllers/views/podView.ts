import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { view } from '../foundation/view';

const containerState = z.object({
  running: z.object({ startedAt: z.string().nullish() }).nullish(),
  terminated: z
    .object({
      exitCode: z.number().nullish(),
      finishedAt: z.string().nullish(),
      reason: z.string().nullish(),
    })
    .nullish(),
});

/** What controllers read of a pod. */
export const podView = view(
  z.object({
    spec: z.object({
      nodeName: z.string().nullish(),
      hostname: z.string().nullish(),
      subdomain: z.string().nullish(),
      restartPolicy: z.string().nullish(),
      containers: z.array(
        z.object({
          name: z.string(),
          ports: z
            .array(
              z.object({
                name: z.string().nullish(),
                containerPort: z.number(),
                protocol: z.string().nullish(),
              }),
            )
            .nullish(),
        }),
      ),
    }),
    status: z
      .object({
        phase: z.string().nullish(),
        podIP: z.string().nullish(),
        podIPs: z.array(z.object({ ip: z.string() })).nullish(),
        conditions: z
          .array(
            z.object({
              type: z.string(),
              status: z.string(),
              lastTransitionTime: z.string().nullish(),
            }),
          )
          .nullish(),
        containerStatuses: z
          .array(
            z.object({
              restartCount: z.number().nullish(),
              state: containerState.nullish(),
            }),
          )
          .nullish(),
      })
      .nullish()
      .transform(status => status ?? {}),
  }),
);

function readyCondition(pod: KubernetesObject) {
  return podView(pod).status.conditions?.find(({ type }) => type === 'Ready');
}

export function isPodReady(pod: KubernetesObject): boolean {
  return readyCondition(pod)?.status === 'True';
}

/** When it became ready or ceased to be, in milliseconds; undefined where nobody said. */
export function readySinceMilliseconds(
  pod: KubernetesObject,
): number | undefined {
  const at = readyCondition(pod)?.lastTransitionTime;
  return at === undefined || at === null ? undefined : Date.parse(at);
}

/** Ready for as long as its owner asks for. */
export function isPodAvailable(
  pod: KubernetesObject,
  minReadySeconds: number,
  nowMilliseconds: number,
): boolean {
  if (!isPodReady(pod)) {
    return false;
  }
  if (minReadySeconds === 0) {
    return true;
  }
  const since = readySinceMilliseconds(pod);
  return (
    since !== undefined && since + minReadySeconds * 1000 <= nowMilliseconds
  );
}

/** Neither ended nor about to be deleted. */
export function isPodActive(pod: KubernetesObject): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function isPodFinished(pod: KubernetesObject): boolean {
  const { phase } = podView(pod).status;
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Asked to end, and not ended yet. */
export function isPodTerminating(pod: KubernetesObject): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp !== undefined;
}
