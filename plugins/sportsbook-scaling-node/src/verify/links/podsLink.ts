import {
  formatObjectRef,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { podWaitingReasons } from '../../wait/podWaitingReasons';
import { findCauses } from '../../wait/findCauses';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

const workloadSchema = z.object({
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string()).default({}) }),
  }),
});

const podSchema = z.object({
  status: z.object({
    conditions: z
      .array(z.object({ type: z.string(), status: z.string() }))
      .default([]),
  }),
});

function isReady(pod: KubernetesObject): boolean {
  const parsed = podSchema.safeParse(pod);
  return (
    parsed.success &&
    parsed.data.status.conditions.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    )
  );
}

/** The scale target's pods: all of them ready, and at least as many as the minimum. */
export async function podsLink(
  probe: ChainProbe,
  target: { apiVersion: string; kind: string; name: string },
): Promise<LinkOutcome<KubernetesObject[]>> {
  const { client, namespace, scaledObject, signal } = probe;
  const ref = { ...target, namespace };
  const workload = await client.get(ref, { signal });
  if (workload === undefined) {
    return {
      holds: false,
      reason: `there is no ${formatObjectRef(ref)}`,
      nextStep: 'apply the workload, or correct spec.scaleTargetRef',
    };
  }
  const { matchLabels } = workloadSchema.parse(workload).spec.selector;
  const { items } = await client.list(
    { apiVersion: 'v1', kind: 'Pod' },
    {
      namespace,
      labelSelector: Object.entries(matchLabels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
      signal,
    },
  );
  const pods = items.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const ready = pods.filter(isReady);
  if (ready.length === pods.length && pods.length >= scaledObject.minReplicas) {
    if (pods.length === 0) {
      return {
        holds: false,
        reason: `${formatObjectRef(ref)} is scaled to zero`,
        nextStep: 'send it requests, or set a minimum of 1 replica',
      };
    }
    return {
      holds: true,
      detail: `${ready.length} of ${pods.length} pods ready`,
      value: ready,
    };
  }
  const reasons = pods.flatMap(podWaitingReasons);
  const causes =
    reasons.length > 0
      ? reasons
      : (await findCauses({ client, object: workload, signal })).causes;
  return {
    holds: false,
    reason: `${ready.length} of ${Math.max(
      pods.length,
      scaledObject.minReplicas,
    )} pods ready${causes.length > 0 ? ` (${causes.join('; ')})` : ''}`,
    nextStep: `look at the pods: kubectl -n ${namespace} describe pods, and their logs`,
  };
}
