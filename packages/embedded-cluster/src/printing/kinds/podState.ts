import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

const terminated = z.object({
  exitCode: z.number().default(0),
  signal: z.number().nullish(),
  reason: z.string().nullish(),
  finishedAt: z.string().nullish(),
});

const containerStatus = z.object({
  name: z.string(),
  ready: z.boolean().default(false),
  started: z.boolean().nullish(),
  restartCount: z.number().default(0),
  state: z
    .object({
      waiting: z.object({ reason: z.string().nullish() }).nullish(),
      running: z.object({}).nullish(),
      terminated: terminated.nullish(),
    })
    .nullish(),
  lastState: z.object({ terminated: terminated.nullish() }).nullish(),
});

type ContainerStatus = z.output<typeof containerStatus>;

const podSchema = z.object({
  spec: z.object({
    containers: z.array(z.object({ name: z.string() })),
    initContainers: z
      .array(
        z.object({ name: z.string(), restartPolicy: z.string().nullish() }),
      )
      .nullish(),
  }),
  status: z
    .object({
      phase: z.string().nullish(),
      reason: z.string().nullish(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().nullish(),
          }),
        )
        .nullish(),
      initContainerStatuses: z.array(containerStatus).nullish(),
      containerStatuses: z.array(containerStatus).nullish(),
    })
    .nullish()
    .transform(status => status ?? {}),
});

type Pod = z.output<typeof podSchema>;

/** What a pod's row says of its containers. */
export interface PodState {
  text: string;
  ready: number;
  total: number;
  restarts: number;
  /** When a container ended last before it was started again. */
  lastRestart?: string;
}

interface Tally {
  ready: number;
  restarts: number;
  lastRestart?: string;
}

/** One word for a pod: the most telling of its phase and its containers' reasons. */
export function podState(object: KubernetesObject): PodState {
  const pod = podSchema.parse(object);
  const { status } = pod;
  const phase = status.phase ?? '';
  const gated = status.conditions?.some(
    ({ type, reason }) =>
      type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  const plain = gated
    ? 'SchedulingGated'
    : (status.reason ? status.reason : undefined) ?? phase;
  const init = initState(pod);
  const initialized = isTrue(pod, 'Initialized');
  const main =
    init.text === undefined || initialized
      ? containersState(pod, plain, init.sidecars)
      : { text: init.text, tally: init.tally };
  const { text, tally } = main;
  return {
    text: textOf(object, status.reason, phase, text),
    ready: tally.ready,
    total: pod.spec.containers.length + sidecarsOf(pod).size,
    restarts: tally.restarts,
    ...(tally.lastRestart === undefined
      ? {}
      : { lastRestart: tally.lastRestart }),
  };
}

function textOf(
  { metadata }: KubernetesObject,
  reason: string | null | undefined,
  phase: string,
  text: string,
): string {
  if (metadata.deletionTimestamp === undefined) {
    return text;
  }
  if (reason === 'NodeLost') {
    return 'Unknown';
  }
  return phase === 'Succeeded' || phase === 'Failed' ? text : 'Terminating';
}

/** @returns the text while an init container is not done, and the counts of both kinds of them */
function initState(pod: Pod): {
  text?: string;
  tally: Tally;
  sidecars: Tally;
} {
  const tally: Tally = { ready: 0, restarts: 0 };
  const sidecars: Tally = { ready: 0, restarts: 0 };
  const sidecarNames = sidecarsOf(pod);
  const statuses = pod.status.initContainerStatuses ?? [];
  const total = pod.spec.initContainers?.length ?? 0;
  for (const [index, status] of statuses.entries()) {
    countRestarts(tally, status);
    const isSidecar = sidecarNames.has(status.name);
    if (isSidecar) {
      countRestarts(sidecars, status);
    }
    const { waiting, terminated: ended } = status.state ?? {};
    if (ended && ended.exitCode === 0) {
      continue;
    }
    if (isSidecar && status.started === true) {
      if (status.ready) {
        tally.ready += 1;
        sidecars.ready += 1;
      }
      continue;
    }
    if (ended) {
      return { text: `Init:${endedText(ended)}`, tally, sidecars };
    }
    const reason = waiting?.reason ?? '';
    return {
      text:
        reason !== '' && reason !== 'PodInitializing'
          ? `Init:${reason}`
          : `Init:${index}/${total}`,
      tally,
      sidecars,
    };
  }
  return { tally, sidecars };
}

function containersState(
  pod: Pod,
  plain: string,
  sidecars: Tally,
): { text: string; tally: Tally } {
  const tally: Tally = { ...sidecars };
  let text = plain;
  let anyRuns = false;
  for (const status of [...(pod.status.containerStatuses ?? [])].reverse()) {
    countRestarts(tally, status);
    const { waiting, running, terminated: ended } = status.state ?? {};
    if (waiting?.reason) {
      text = waiting.reason;
    } else if (ended) {
      text = endedText(ended);
    } else if (status.ready && running) {
      anyRuns = true;
      tally.ready += 1;
    }
  }
  // One that has completed does not speak for those that still run.
  if (text === 'Completed' && anyRuns) {
    text = isTrue(pod, 'Ready') ? 'Running' : 'NotReady';
  }
  return { text, tally };
}

function endedText({
  exitCode,
  signal,
  reason,
}: z.output<typeof terminated>): string {
  if (reason) {
    return reason;
  }
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function countRestarts(tally: Tally, status: ContainerStatus): void {
  tally.restarts += status.restartCount;
  const finishedAt = status.lastState?.terminated?.finishedAt;
  if (
    finishedAt &&
    (tally.lastRestart === undefined ||
      Date.parse(finishedAt) > Date.parse(tally.lastRestart))
  ) {
    tally.lastRestart = finishedAt;
  }
}

/** Init containers that keep running beside the others. */
function sidecarsOf(pod: Pod): Set<string> {
  return new Set(
    (pod.spec.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  );
}

function isTrue(pod: Pod, condition: string): boolean {
  return (pod.status.conditions ?? []).some(
    ({ type, status }) => type === condition && status === 'True',
  );
}
