import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { PodShape, podShapeOf } from './PodShape';

/** Something that makes equal pods. */
export interface PodWorkload {
  pod: PodShape;
  /** As its own spec says; a scaled one may grow beyond. */
  replicas: number;
  /** Pods that exist now, as its status says. */
  currentReplicas: number;
  /** Pods that a rollout adds for a while, at a number of replicas. */
  surgeAt: (replicas: number) => number;
}

const workloadSchema = z.object({
  spec: z.object({
    replicas: z.number().default(1),
    template: z.object({ spec: z.unknown() }),
    strategy: z
      .object({
        type: z.string().default('RollingUpdate'),
        rollingUpdate: z
          .object({ maxSurge: z.union([z.number(), z.string()]).optional() })
          .nullish(),
      })
      .default({}),
  }),
  status: z.object({ replicas: z.number().default(0) }).default({}),
});

const prometheusSchema = z.object({
  spec: z.object({
    replicas: z.number().default(1),
    shards: z.number().default(1),
    resources: z.unknown(),
    containers: z.array(z.unknown()).default([]),
    initContainers: z.array(z.unknown()).default([]),
    priorityClassName: z.string().optional(),
  }),
  status: z.object({ replicas: z.number().default(0) }).default({}),
});

/** What the operator adds to a server's pod, by its own defaults. */
const RELOADER = {
  requests: { cpu: '10m', memory: '50Mi' },
  limits: { cpu: '10m', memory: '50Mi' },
};

/** A number of pods, or `25%` of them rounded up. */
function surge(written: number | string, replicas: number): number {
  if (typeof written === 'number') {
    return written;
  }
  const percent = /^(\d+)%$/.exec(written);
  return percent === null
    ? 0
    : Math.ceil((replicas * Number(percent[1])) / 100);
}

function readWorkload(object: KubernetesObject): PodWorkload | undefined {
  const parsed = workloadSchema.safeParse(object);
  const pod = parsed.success
    ? podShapeOf(parsed.data.spec.template.spec)
    : undefined;
  if (!parsed.success || pod === undefined) {
    return undefined;
  }
  const { replicas, strategy } = parsed.data.spec;
  return {
    pod,
    replicas,
    currentReplicas: parsed.data.status.replicas,
    surgeAt: count =>
      object.kind === 'Deployment' && strategy.type === 'RollingUpdate'
        ? surge(strategy.rollingUpdate?.maxSurge ?? '25%', count)
        : 0,
  };
}

function readPrometheus(object: KubernetesObject): PodWorkload | undefined {
  const parsed = prometheusSchema.safeParse(object);
  if (!parsed.success) {
    return undefined;
  }
  const { spec, status } = parsed.data;
  const pod = podShapeOf({
    priorityClassName: spec.priorityClassName,
    initContainers: [
      { name: 'init-config-reloader', resources: RELOADER },
      ...spec.initContainers,
    ],
    containers: [
      { name: 'prometheus', resources: spec.resources },
      { name: 'config-reloader', resources: RELOADER },
      ...spec.containers,
    ],
  });
  return pod === undefined
    ? undefined
    : {
        pod,
        replicas: spec.replicas * spec.shards,
        currentReplicas: status.replicas,
        surgeAt: () => 0,
      };
}

function readPod(object: KubernetesObject): PodWorkload | undefined {
  const pod = podShapeOf(object.spec);
  return pod === undefined
    ? undefined
    : {
        pod,
        replicas: 1,
        currentReplicas: object.status === undefined ? 0 : 1,
        surgeAt: () => 0,
      };
}

/** What an object makes pods of; undefined for one that makes none, or an unknown number. */
export function podWorkloadOf(
  object: KubernetesObject,
): PodWorkload | undefined {
  switch (groupKindOf(object)) {
    case 'apps/Deployment':
    case 'apps/StatefulSet':
    case 'apps/ReplicaSet':
      return readWorkload(object);
    case 'monitoring.coreos.com/Prometheus':
      return readPrometheus(object);
    case '/Pod':
      return readPod(object);
    default:
      return undefined;
  }
}
