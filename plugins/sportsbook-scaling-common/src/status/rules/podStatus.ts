import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionsSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, failed, inProgress } from '../outcomes';

const containerStatusSchema = z.object({
  name: z.string(),
  state: z
    .object({
      waiting: z
        .object({ reason: z.string().nullish(), message: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
  lastState: z
    .object({
      terminated: z
        .object({ exitCode: z.number(), reason: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

const containers = z
  .array(containerStatusSchema)
  .nullish()
  .transform(statuses => statuses ?? []);

const schema = z.object({
  status: z
    .object({
      phase: z.string().nullish(),
      reason: z.string().nullish(),
      message: z.string().nullish(),
      conditions: conditionsSchema,
      initContainerStatuses: containers,
      containerStatuses: containers,
    })
    .nullish(),
});

/** Reasons to wait that no retry of the kubelet can end. */
const HOPELESS = new Set(['InvalidImageName', 'ErrImageNeverPull']);
/** Reasons to wait that every pod has on its way up. */
const ORDINARY = new Set(['ContainerCreating', 'PodInitializing']);

function describeWaiting(
  container: z.output<typeof containerStatusSchema>,
): string {
  const waiting = container.state?.waiting;
  const exit = container.lastState?.terminated;
  const detail = [waiting?.reason, waiting?.message]
    .filter(text => typeof text === 'string' && text !== '')
    .join(': ');
  return `container ${container.name} waits: ${detail}${
    exit ? ` (last exit code ${exit.exitCode})` : ''
  }`;
}

/** Ready, or run to its end. */
export function podStatus(object: KubernetesObject): ObjectStatus {
  const { status } = readObject(schema, object);
  const phase = status?.phase ?? 'Pending';
  const conditions = status?.conditions ?? [];
  if (phase === 'Succeeded') {
    return current('Succeeded');
  }
  if (phase === 'Failed') {
    return failed(
      ['Failed', status?.reason, status?.message]
        .filter(text => typeof text === 'string' && text !== '')
        .join(': '),
    );
  }
  const waiting = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ].find(container => {
    const reason = container.state?.waiting?.reason;
    return typeof reason === 'string' && !ORDINARY.has(reason);
  });
  if (waiting) {
    const reason = waiting.state?.waiting?.reason ?? '';
    return HOPELESS.has(reason)
      ? failed(describeWaiting(waiting))
      : inProgress(describeWaiting(waiting));
  }
  const scheduled = findCondition(conditions, 'PodScheduled');
  if (scheduled?.status === 'False') {
    return inProgress(describeCondition(scheduled));
  }
  const ready = findCondition(conditions, 'Ready');
  if (phase === 'Running' && ready?.status === 'True') {
    return current('Ready');
  }
  return inProgress(
    ready && ready.status !== 'True'
      ? `${phase}, ${describeCondition(ready)}`
      : phase,
  );
}
