import {
  formatObjectRef,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { objectKey } from '../../model/objectKey';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import { AUTOSCALER, ofSetAndCluster, SCALED_OBJECT } from './ofSetAndCluster';
import { readLimitRange } from './quota/limitRanges';
import { podWorkloadOf } from './quota/PodWorkload';
import { quotaFindings, QuotaSubject } from './quota/quotaFindings';
import { readResourceQuota } from './quota/resourceQuota';
import { scaleTargetOf } from './scaleTargets';

const QUOTA = { apiVersion: 'v1', kind: 'ResourceQuota' };
const LIMIT_RANGE = { apiVersion: 'v1', kind: 'LimitRange' };

const maximumSchema = z.object({
  spec: z.object({
    maxReplicaCount: z.number().optional(),
    maxReplicas: z.number().optional(),
  }),
});

/** What a ScaledObject grows to that does not say. */
const MAXIMUM_OF_KEDA = 100;

function maximumOf(autoscaler: KubernetesObject): number {
  const { spec } = maximumSchema.parse(autoscaler);
  return spec.maxReplicaCount ?? spec.maxReplicas ?? MAXIMUM_OF_KEDA;
}

/** The most replicas that an autoscaler of the set gives the object; undefined: none scales it. */
function maximumInSet(
  { objects }: PlanContext,
  { ref }: ResolvedObject,
): number | undefined {
  const maxima = objects
    .filter(
      other =>
        other.ref.namespace === ref.namespace &&
        [SCALED_OBJECT.kind, AUTOSCALER.kind].includes(other.ref.kind) &&
        isTarget(other.object, ref),
    )
    .map(({ object }) => maximumOf(object));
  return maxima.length === 0 ? undefined : Math.max(...maxima);
}

function isTarget(
  autoscaler: KubernetesObject,
  ref: ResolvedObject['ref'],
): boolean {
  const target = scaleTargetOf(autoscaler);
  return target !== undefined && objectKey(target) === objectKey(ref);
}

async function subjectOf(
  context: PlanContext,
  object: ResolvedObject,
): Promise<QuotaSubject | undefined> {
  const workload = podWorkloadOf(object.object);
  if (workload === undefined) {
    return undefined;
  }
  const maxReplicas = maximumInSet(context, object) ?? workload.replicas;
  const live = object.awaitsDefinition
    ? undefined
    : await context.view.get(object.ref);
  const current =
    live?.status === 'read' && live.value !== undefined
      ? podWorkloadOf(live.value)
      : undefined;
  return {
    name: formatObjectRef(object.ref),
    pod: workload.pod,
    maxReplicas,
    surge: workload.surgeAt(maxReplicas),
    ...(current === undefined
      ? {}
      : { current: { pod: current.pod, replicas: current.currentReplicas } }),
  };
}

async function checkNamespace(
  context: PlanContext,
  namespace: string,
  objects: ResolvedObject[],
): Promise<CheckResult> {
  const subjects = await Promise.all(
    objects.map(object => subjectOf(context, object)),
  );
  const members = objects.flatMap((object, index) => {
    const subject = subjects[index];
    return subject === undefined ? [] : [{ object, subject }];
  });
  if (members.length === 0) {
    return { problems: [] };
  }
  const [quotas, limitRanges] = await Promise.all([
    ofSetAndCluster(context, QUOTA, namespace),
    ofSetAndCluster(context, LIMIT_RANGE, namespace),
  ]);
  const { problems, warnings } = quotaFindings({
    subjects: members.map(({ subject }) => subject),
    quotas: await Promise.all(
      quotas.items.map(async quota => {
        const live = await context.view.get(objectRefOf(quota));
        return readResourceQuota(
          quota,
          live.status === 'read' ? live.value : undefined,
        );
      }),
    ),
    limits: limitRanges.items.flatMap(readLimitRange),
  });
  return {
    problems: problems.map(({ subject, message }) => {
      const { ref, source } = members[subject].object;
      return { ref, source, message };
    }),
    warnings: [...quotas.warnings, ...limitRanges.warnings, ...warnings],
  };
}

/**
 * Holds the workloads at their maximum against ResourceQuotas and LimitRanges:
 * a Deployment is accepted whatever it asks for, and only its pods are refused,
 * when the rush is there.
 */
export const checkQuota: PlanCheck = async context => {
  const byNamespace = new Map<string, ResolvedObject[]>();
  for (const object of context.objects) {
    const { namespace } = object.ref;
    if (namespace !== undefined) {
      byNamespace.set(namespace, [
        ...(byNamespace.get(namespace) ?? []),
        object,
      ]);
    }
  }
  const results = await Promise.all(
    [...byNamespace].map(([namespace, objects]) =>
      checkNamespace(context, namespace, objects),
    ),
  );
  return {
    problems: results.flatMap(({ problems }) => problems),
    warnings: results.flatMap(({ warnings }) => warnings ?? []),
  };
};
