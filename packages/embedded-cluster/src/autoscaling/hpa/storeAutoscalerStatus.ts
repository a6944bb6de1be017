import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { requireType } from '../../runtime/requireType';
import { sameJson } from '../../runtime/sameJson';
import type { AutoscalerConditions } from './AutoscalerConditions';
import type { AutoscalerSpec } from './autoscalerSpec';

/** Field manager of everything that the real controller writes. */
export const AUTOSCALER_MANAGER = 'kube-controller-manager';

/** One autoscaler at one sync. */
export interface AutoscalerMoment {
  object: KubernetesObject;
  spec: AutoscalerSpec;
  conditions: AutoscalerConditions;
}

/** What a sync found out about the replicas. */
export interface ReplicaFinding {
  /** Before the sync. */
  replicas: number;
  desired: number;
  /** Null where no metric was looked at. */
  metrics: object[] | null;
  rescaled: boolean;
}

/** A status that was never written still has the fields that Go always prints. */
function presentStatus({ status }: KubernetesObject): object {
  return {
    desiredReplicas: 0,
    currentMetrics: null,
    ...(typeof status === 'object' ? status : {}),
  };
}

/**
 * Stores the status of an autoscaler, unless it has stayed the same.
 *
 * @param found - absent where not even the target was found: then only conditions change
 * @throws StatusError where it cannot be stored
 */
export function storeAutoscalerStatus(
  { object, spec, conditions }: AutoscalerMoment,
  found: ReplicaFinding | undefined,
  {
    objects,
    nowMilliseconds,
  }: { objects: ClusterObjects; nowMilliseconds: number },
): void {
  const type = requireType(objects, object.apiVersion, object.kind);
  const { namespace, name, uid } = object.metadata;
  const live = objects.find(type, { namespace, name });
  // The metric took a while: it may have been deleted, or made anew.
  if (live === undefined || live.metadata.uid !== uid) {
    return;
  }
  const lastScaleTime = found?.rescaled
    ? timestamp(nowMilliseconds)
    : spec.lastScaleTime;
  const status =
    found === undefined
      ? { ...presentStatus(live), conditions: conditions.list() }
      : {
          ...(found.replicas === 0 ? {} : { currentReplicas: found.replicas }),
          desiredReplicas: found.desired,
          ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
          currentMetrics: found.metrics,
          conditions: conditions.list(),
        };
  if (!sameJson(live.status, status)) {
    objects.update(
      type,
      { namespace, name },
      { ...live, status },
      { manager: AUTOSCALER_MANAGER, subresource: 'status' },
    );
  }
}
