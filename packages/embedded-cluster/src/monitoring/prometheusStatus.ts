import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { timestamp } from '../model/Clock';
import {
  serverLabelsOf,
  serverNameOf,
  type Prometheus,
  type PrometheusCondition,
} from './prometheusSpec';

/** How the last reconciliation went. */
export interface Reconciliation {
  reason: '' | 'NoSelectedResources' | 'ReconciliationFailed';
  message: string;
}

const podStatusSchema = z.object({
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            message: z.string().optional(),
          }),
        )
        .nullish(),
    })
    .default({}),
});

function readPod(pod: KubernetesObject) {
  const { phase, conditions } = podStatusSchema.parse(pod).status;
  const all = conditions ?? [];
  const unmet = [
    'PodScheduled',
    'Initialized',
    'ContainersReady',
    'Ready',
  ].flatMap(type =>
    all.filter(
      condition => condition.type === type && condition.status === 'False',
    ),
  );
  return {
    name: pod.metadata.name,
    isReady:
      phase === 'Running' &&
      all.some(({ type, status }) => type === 'Ready' && status === 'True'),
    message: unmet.at(0)?.message ?? '',
  };
}

function available(
  prometheus: Prometheus,
  pods: readonly ReturnType<typeof readPod>[],
): { status: string; reason: string; message: string } {
  const ready = pods.filter(({ isReady }) => isReady).length;
  if (pods.length === 0 && prometheus.spec.paused) {
    return {
      status: 'False',
      reason: 'NoPodReady',
      message: `shard 0: no pod of ${prometheus.namespace}/${serverNameOf(
        prometheus,
      )} was made before it was paused`,
    };
  }
  if (ready >= prometheus.spec.replicas) {
    return { status: 'True', reason: '', message: '' };
  }
  const message = pods
    .filter(pod => pod.message !== '')
    .map(pod => `shard 0: pod ${pod.name}: ${pod.message}`)
    .join('\n');
  return ready === 0
    ? { status: 'False', reason: 'NoPodReady', message }
    : { status: 'Degraded', reason: 'SomePodsNotReady', message };
}

/** The status of a Prometheus, from the pods that there are and how its reconciliation went. */
export function prometheusStatus(
  prometheus: Prometheus,
  options: {
    pods: readonly KubernetesObject[];
    updatedPods: number;
    reconciliation: Reconciliation;
    nowMilliseconds: number;
  },
): Record<string, unknown> {
  const { updatedPods, reconciliation, nowMilliseconds } = options;
  const pods = options.pods.map(readPod);
  const ready = pods.filter(({ isReady }) => isReady).length;
  const condition = (
    type: string,
    value: { status: string; reason: string; message: string },
  ) => ({
    type,
    ...value,
    observedGeneration: prometheus.generation,
    lastTransitionTime: transitionTime(
      prometheus.conditions.find(before => before.type === type),
      value.status,
      nowMilliseconds,
    ),
  });
  const counts = {
    replicas: pods.length,
    updatedReplicas: updatedPods,
    availableReplicas: ready,
    unavailableReplicas: pods.length - ready,
  };
  return {
    paused: prometheus.spec.paused,
    ...counts,
    shards: 1,
    shardStatuses: [{ shardID: '0', ...counts }],
    selector: Object.entries(serverLabelsOf(prometheus))
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    conditions: [
      condition('Available', available(prometheus, pods)),
      condition('Reconciled', {
        status:
          reconciliation.reason === 'ReconciliationFailed' ? 'False' : 'True',
        ...reconciliation,
      }),
    ],
  };
}

function transitionTime(
  before: PrometheusCondition | undefined,
  status: string,
  nowMilliseconds: number,
): string {
  return before?.status === status && before.lastTransitionTime
    ? before.lastTransitionTime
    : timestamp(nowMilliseconds);
}
