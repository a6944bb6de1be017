import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { Amounts, amountsOf } from './amounts';
import { podAmounts, PodShape } from './PodShape';

/** A ResourceQuota, and what is used of it. */
export interface ResourceQuota {
  name: string;
  hard: Amounts;
  used: Amounts;
  /** All have to hold for a pod to be counted. */
  scopes: QuotaScope[];
}

interface QuotaScope {
  scopeName: string;
  operator: string;
  values: string[];
}

const quantities = z
  .record(z.union([z.string(), z.number()]))
  .default({})
  .transform(amountsOf);

const quotaSchema = z.object({
  spec: z.object({
    hard: quantities,
    scopes: z.array(z.string()).default([]),
    scopeSelector: z
      .object({
        matchExpressions: z
          .array(
            z.object({
              scopeName: z.string(),
              operator: z.string(),
              values: z.array(z.string()).default([]),
            }),
          )
          .default([]),
      })
      .default({}),
  }),
  status: z.object({ used: quantities }).default({}),
});

/** @param live - the same object as the cluster has it, where the set changes it */
export function readResourceQuota(
  object: KubernetesObject,
  live: KubernetesObject = object,
): ResourceQuota {
  const { spec } = quotaSchema.parse(object);
  return {
    name: object.metadata.name,
    hard: spec.hard,
    used: quotaSchema.parse(live).status.used,
    scopes: [
      ...spec.scopes.map(scopeName => ({
        scopeName,
        operator: 'Exists',
        values: [],
      })),
      ...spec.scopeSelector.matchExpressions,
    ],
  };
}

/** No container asks for CPU or memory. */
function isBestEffort(pod: PodShape): boolean {
  return [...pod.initContainers, ...pod.containers].every(
    ({ requests, limits }) =>
      [requests.cpu, requests.memory, limits.cpu, limits.memory].every(
        amount => (amount ?? 0) === 0,
      ),
  );
}

function isInScope(pod: PodShape, scope: QuotaScope): boolean {
  switch (scope.scopeName) {
    case 'BestEffort':
      return isBestEffort(pod);
    case 'NotBestEffort':
      return !isBestEffort(pod);
    case 'Terminating':
      return pod.isTerminating;
    case 'NotTerminating':
      return !pod.isTerminating;
    case 'PriorityClass': {
      const name = pod.priorityClassName ?? '';
      switch (scope.operator) {
        case 'In':
          return scope.values.includes(name);
        case 'NotIn':
          return !scope.values.includes(name);
        case 'Exists':
          return name !== '';
        default:
          return name === '';
      }
    }
    default:
      // A scope that is not known here may leave the pod out: nothing is refused for it.
      return false;
  }
}

/** Whether a quota counts the pod. */
export function countsPod(quota: ResourceQuota, pod: PodShape): boolean {
  return quota.scopes.every(scope => isInScope(pod, scope));
}

/** What one pod takes of a quota, by the quota's own names of resources. */
export function podUsage(pod: PodShape): Amounts {
  const requests = podAmounts(pod, 'requests');
  const limits = podAmounts(pod, 'limits');
  return {
    pods: 1000,
    'count/pods': 1000,
    ...Object.fromEntries(
      Object.entries(requests).flatMap(([resource, amount]) => [
        [`requests.${resource}`, amount],
        // The names without a prefix, for what had them before limits were counted.
        ...(['cpu', 'memory', 'ephemeral-storage'].includes(resource)
          ? [[resource, amount] as const]
          : []),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(limits).map(([resource, amount]) => [
        `limits.${resource}`,
        amount,
      ]),
    ),
  };
}

/**
 * What a container has to name because a quota counts it, and does not: its
 * pods would be refused.
 */
export function unnamedResources(
  quota: ResourceQuota,
  pod: PodShape,
): { container: string; resource: string }[] {
  return Object.keys(quota.hard).flatMap(resource => {
    const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(resource);
    if (match === null) {
      return [];
    }
    const [, which = 'requests', name] = match;
    return [...pod.initContainers, ...pod.containers]
      .filter(container =>
        which === 'limits'
          ? container.limits[name] === undefined
          : container.requests[name] === undefined,
      )
      .map(container => ({ container: container.name, resource }));
  });
}
