import { Amounts, formatAmount, sumOf, timesOf } from './amounts';
import {
  limitRangeProblems,
  LimitRangeItem,
  withDefaults,
} from './limitRanges';
import { PodShape } from './PodShape';
import {
  countsPod,
  podUsage,
  ResourceQuota,
  unnamedResources,
} from './resourceQuota';

/** A workload as it will be, and as it is. */
export interface QuotaSubject {
  /** For messages, such as `Deployment betting/odds`. */
  name: string;
  pod: PodShape;
  maxReplicas: number;
  /** Pods that a rollout at the maximum adds. */
  surge: number;
  /** What it uses already, which the change gives back. Undefined: it is new. */
  current?: { pod: PodShape; replicas: number };
}

/** What speaks against a set of workloads in one namespace. */
export interface QuotaFindings {
  /** `subject` is an index into the subjects. */
  problems: { subject: number; message: string }[];
  warnings: string[];
}

/** The resource of which the fewest pods can be had. */
interface Shortage {
  resource: string;
  /** How many pods of the subject have room. */
  fits: number;
  needed: number;
  free: number;
  hard: number;
}

function shortageOf(options: {
  quota: ResourceQuota;
  free: Amounts;
  perPod: Amounts;
  /** What all else of the set takes. */
  others: Amounts;
  pods: number;
}): Shortage | undefined {
  const { quota, free, perPod, others, pods } = options;
  const shortages = Object.keys(quota.hard)
    .filter(resource => (perPod[resource] ?? 0) > 0)
    .map(resource => {
      const one = perPod[resource];
      const left = free[resource] - (others[resource] ?? 0);
      return {
        resource,
        fits: Math.max(0, Math.floor(left / one)),
        needed: one * pods,
        free: Math.max(0, left),
        hard: quota.hard[resource],
      };
    })
    .filter(({ fits }) => fits < pods)
    .sort((a, b) => a.fits - b.fits);
  return shortages[0];
}

function describe({ resource, needed, free, hard }: Shortage, pods: string) {
  const format = (amount: number) => formatAmount(resource, amount);
  return `${resource}: ${pods} ${format(needed)}, ${format(free)} of ${format(
    hard,
  )} is left`;
}

/** What one quota says of the subjects, which share its room. */
function findingsOf(
  quota: ResourceQuota,
  subjects: readonly QuotaSubject[],
): QuotaFindings {
  const usageOf = (pod: PodShape, count: number): Amounts =>
    countsPod(quota, pod) ? timesOf(podUsage(pod), count) : {};
  const given = sumOf(
    ...subjects.map(({ current }) =>
      current === undefined ? {} : usageOf(current.pod, current.replicas),
    ),
  );
  const free = Object.fromEntries(
    Object.entries(quota.hard).map(([resource, hard]) => [
      resource,
      // What the set uses already is at most what is used at all.
      hard - Math.max(0, (quota.used[resource] ?? 0) - (given[resource] ?? 0)),
    ]),
  );
  const findings: QuotaFindings = { problems: [], warnings: [] };
  let others: Amounts = {};
  // The one that grows is the one to blame, and the others go before it.
  const order = [...subjects.entries()].sort(
    ([, a], [, b]) => a.maxReplicas - b.maxReplicas,
  );
  for (const [index, { name, pod, maxReplicas, surge }] of order) {
    const asked = { quota, free, perPod: usageOf(pod, 1), others };
    const shortage = shortageOf({ ...asked, pods: maxReplicas });
    const forRollout = shortageOf({ ...asked, pods: maxReplicas + surge });
    if (shortage !== undefined) {
      findings.problems.push({
        subject: index,
        message: `ResourceQuota '${quota.name}' leaves room for ${
          shortage.fits
        } of its ${maxReplicas} replicas (${describe(
          shortage,
          `${maxReplicas} need`,
        )}); lower the maximum or the container's requests, or ask the namespace's owner for more`,
      });
    } else if (forRollout !== undefined) {
      findings.warnings.push(
        `${name}: ResourceQuota '${
          quota.name
        }' leaves room for all ${maxReplicas} replicas, but a rollout at the maximum needs ${surge} more for a while and would stand still (${describe(
          forRollout,
          `${maxReplicas + surge} need`,
        )})`,
      );
    }
    others = sumOf(others, usageOf(pod, maxReplicas));
  }
  return findings;
}

/**
 * Holds workloads at their maximum against the quotas and limit ranges of a
 * namespace, as admission would once the pods are made.
 *
 * @param subjects - all that a set brings, since they share the room
 */
export function quotaFindings(options: {
  subjects: readonly QuotaSubject[];
  quotas: readonly ResourceQuota[];
  limits: readonly LimitRangeItem[];
}): QuotaFindings {
  const { quotas, limits } = options;
  const subjects = options.subjects.map(subject => ({
    ...subject,
    pod: withDefaults(subject.pod, limits),
    ...(subject.current === undefined
      ? {}
      : {
          current: {
            ...subject.current,
            pod: withDefaults(subject.current.pod, limits),
          },
        }),
  }));
  const problems = subjects.flatMap(({ pod }, index) => [
    ...[...new Set(limitRangeProblems(pod, limits))].map(reason => ({
      subject: index,
      message: `its pods would be refused: ${reason}; change the resources of the container, or ask the namespace's owner for other limits`,
    })),
    ...quotas
      .filter(quota => countsPod(quota, pod))
      .flatMap(quota => {
        const unnamed = unnamedResources(quota, pod);
        return unnamed.length === 0
          ? []
          : [
              {
                subject: index,
                message: `its pods would be refused: ResourceQuota '${
                  quota.name
                }' wants ${unnamed
                  .map(
                    ({ container, resource }) =>
                      `${resource} of container '${container}'`,
                  )
                  .join(
                    ', ',
                  )} to be named; add it to the container's resources, or have a LimitRange fill it in`,
              },
            ];
      }),
  ]);
  const findings = quotas.map(quota => findingsOf(quota, subjects));
  return {
    problems: [...problems, ...findings.flatMap(found => found.problems)],
    warnings: findings.flatMap(found => found.warnings),
  };
}
