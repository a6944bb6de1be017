import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
});

const horizontalPodAutoscaler = z.object({
  spec: z.object({
    minReplicas: z.number(),
    maxReplicas: z.number(),
    metrics: z.array(
      z.object({
        external: z.object({
          target: z.object({ averageValue: z.string() }),
        }),
      }),
    ),
  }),
  status: z.object({
    currentReplicas: z.number().default(0),
    desiredReplicas: z.number().default(0),
    conditions: z.array(condition).default([]),
    currentMetrics: z
      .array(
        z.object({
          external: z
            .object({ current: z.object({ averageValue: z.string() }) })
            .optional(),
        }),
      )
      .nullish(),
  }),
});

export type Autoscaler = z.infer<typeof horizontalPodAutoscaler>;

/** The HPA of a service, as the API server has it. */
export async function autoscalerOf(
  cluster: KubernetesClient,
  namespace: string,
  service: string,
): Promise<Autoscaler> {
  const name = `keda-hpa-${service}`;
  const object = await cluster.get({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    namespace,
    name,
  });
  if (object === undefined) {
    throw new Error(`There is no HPA ${namespace}/${name}.`);
  }
  return horizontalPodAutoscaler.parse(object);
}

export function conditionOf(
  conditions: z.infer<typeof condition>[],
  type: string,
): string {
  const found = conditions.find(candidate => candidate.type === type);
  return found === undefined
    ? 'absent'
    : `${found.status} ${found.reason ?? ''}`.trim();
}

/** Names of the ready pods of a service. */
export async function readyPods(
  cluster: KubernetesClient,
  namespace: string,
  service: string,
): Promise<string[]> {
  const { items } = await cluster.list(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace, labelSelector: `app.kubernetes.io/name=${service}` },
  );
  return items.filter(isReady).map(pod => pod.metadata.name);
}

const podStatus = z.object({
  status: z.object({ conditions: z.array(condition).default([]) }),
});

function isReady(pod: KubernetesObject): boolean {
  return (
    pod.metadata.deletionTimestamp === undefined &&
    conditionOf(podStatus.parse(pod).status.conditions, 'Ready').startsWith(
      'True',
    )
  );
}
