import { z } from 'zod/v3';
import { Amounts, amountsOf, largestOf, sumOf } from './amounts';

/** What one container asks for. */
export interface ContainerShape {
  name: string;
  requests: Amounts;
  limits: Amounts;
}

/** What a pod is to quotas and limit ranges. */
export interface PodShape {
  containers: ContainerShape[];
  /** In their order; `isSidecar`: it goes on beside the containers. */
  initContainers: (ContainerShape & { isSidecar: boolean })[];
  overhead: Amounts;
  priorityClassName: string | undefined;
  isTerminating: boolean;
}

const quantities = z.record(z.union([z.string(), z.number()])).default({});

const containerSchema = z.object({
  name: z.string().default(''),
  restartPolicy: z.string().optional(),
  resources: z.object({ requests: quantities, limits: quantities }).default({}),
});

const podSpecSchema = z.object({
  containers: z.array(containerSchema),
  initContainers: z.array(containerSchema).default([]),
  overhead: quantities,
  priorityClassName: z.string().optional(),
  activeDeadlineSeconds: z.number().optional(),
});

/** The server fills a missing request in from the limit. */
function shapeOf({
  name,
  resources,
}: z.output<typeof containerSchema>): ContainerShape {
  const limits = amountsOf(resources.limits);
  return {
    name,
    limits,
    requests: { ...limits, ...amountsOf(resources.requests) },
  };
}

/**
 * Reads a pod's spec.
 *
 * @returns undefined for what is none, which the server's dry run refuses with its own words
 */
export function podShapeOf(podSpec: unknown): PodShape | undefined {
  const parsed = podSpecSchema.safeParse(podSpec);
  if (!parsed.success) {
    return undefined;
  }
  const { containers, initContainers, overhead, priorityClassName } =
    parsed.data;
  try {
    return {
      containers: containers.map(shapeOf),
      initContainers: initContainers.map(container => ({
        ...shapeOf(container),
        isSidecar: container.restartPolicy === 'Always',
      })),
      overhead: amountsOf(overhead),
      priorityClassName,
      isTerminating: parsed.data.activeDeadlineSeconds !== undefined,
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * What the whole pod counts as: its containers together, or what its
 * initialisation takes where that is more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podAmounts(
  pod: PodShape,
  which: 'requests' | 'limits',
): Amounts {
  let sidecars: Amounts = {};
  let initialisation: Amounts = {};
  for (const container of pod.initContainers) {
    const together = sumOf(sidecars, container[which]);
    initialisation = largestOf(initialisation, together);
    if (container.isSidecar) {
      sidecars = together;
    }
  }
  const running = sumOf(sidecars, ...pod.containers.map(c => c[which]));
  return sumOf(largestOf(running, initialisation), pod.overhead);
}
