import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { Amounts, amountsOf, formatAmount } from './amounts';
import { podAmounts, PodShape } from './PodShape';

/** One limit of a LimitRange, with the defaults that the server derives. */
export interface LimitRangeItem {
  limitRange: string;
  type: string;
  min: Amounts;
  max: Amounts;
  default: Amounts;
  defaultRequest: Amounts;
  maxLimitRequestRatio: Amounts;
}

const quantities = z
  .record(z.union([z.string(), z.number()]))
  .default({})
  .transform(amountsOf);

const limitRangeSchema = z.object({
  spec: z.object({
    limits: z.array(
      z.object({
        type: z.string(),
        min: quantities,
        max: quantities,
        default: quantities,
        defaultRequest: quantities,
        maxLimitRequestRatio: quantities,
      }),
    ),
  }),
});

/** Reads a LimitRange, whether or not the server has filled its defaults in. */
export function readLimitRange(object: KubernetesObject): LimitRangeItem[] {
  return limitRangeSchema.parse(object).spec.limits.map(item => {
    if (item.type !== 'Container') {
      return { limitRange: object.metadata.name, ...item };
    }
    const limits = { ...item.max, ...item.default };
    return {
      limitRange: object.metadata.name,
      ...item,
      default: limits,
      defaultRequest: { ...item.min, ...limits, ...item.defaultRequest },
    };
  });
}

/** The pod as admission makes it: what containers leave out is filled in. */
export function withDefaults(
  pod: PodShape,
  items: readonly LimitRangeItem[],
): PodShape {
  const fill = <T extends PodShape['containers'][number]>(container: T): T =>
    items
      .filter(({ type }) => type === 'Container')
      .reduce(
        (filled, item) => ({
          ...filled,
          limits: { ...item.default, ...filled.limits },
          requests: { ...item.defaultRequest, ...filled.requests },
        }),
        container,
      );
  return {
    ...pod,
    containers: pod.containers.map(fill),
    initContainers: pod.initContainers.map(fill),
  };
}

function problemsOf(
  item: LimitRangeItem,
  subject: string,
  { requests, limits }: { requests: Amounts; limits: Amounts },
): string[] {
  const by = `LimitRange '${item.limitRange}'`;
  const format = formatAmount;
  const below = Object.entries(item.min).flatMap(([resource, min]) => {
    const given = requests[resource];
    if (given === undefined) {
      return [
        `${by} wants at least ${resource} ${format(
          resource,
          min,
        )} of ${subject}, which requests none`,
      ];
    }
    const smallest = Math.min(given, limits[resource] ?? given);
    return smallest < min
      ? [
          `${subject} asks for ${resource} ${format(
            resource,
            smallest,
          )}, and ${by} wants at least ${format(resource, min)}`,
        ]
      : [];
  });
  const above = Object.entries(item.max).flatMap(([resource, max]) => {
    const limit = limits[resource];
    if (limit === undefined) {
      return [
        `${by} allows at most ${resource} ${format(
          resource,
          max,
        )} to ${subject}, which has no limit`,
      ];
    }
    const largest = Math.max(limit, requests[resource] ?? limit);
    return largest > max
      ? [
          `${subject} asks for ${resource} ${format(
            resource,
            largest,
          )}, and ${by} allows at most ${format(resource, max)}`,
        ]
      : [];
  });
  const apart = Object.entries(item.maxLimitRequestRatio).flatMap(
    ([resource, ratio]) => {
      const [request, limit] = [requests[resource], limits[resource]];
      if (!request || limit === undefined) {
        return [
          `${by} bounds the ratio of limit and request, and ${subject} has not both for ${resource}`,
        ];
      }
      return (limit / request) * 1000 > ratio + 1e-6
        ? [
            `the limit of ${subject} is ${Number(
              (limit / request).toFixed(2),
            )} times its request for ${resource}, and ${by} allows ${
              ratio / 1000
            } times`,
          ]
        : [];
    },
  );
  return [...below, ...above, ...apart];
}

/** Why a namespace's limit ranges would refuse the pod, after {@link withDefaults}. */
export function limitRangeProblems(
  pod: PodShape,
  items: readonly LimitRangeItem[],
): string[] {
  return items.flatMap(item => {
    switch (item.type) {
      case 'Container':
        return [...pod.initContainers, ...pod.containers].flatMap(container =>
          problemsOf(item, `container '${container.name}'`, container),
        );
      case 'Pod':
        return problemsOf(item, 'the pod', {
          requests: podAmounts(pod, 'requests'),
          limits: podAmounts(pod, 'limits'),
        });
      default:
        return [];
    }
  });
}
