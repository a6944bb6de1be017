import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import { conditionOf, withoutCondition } from '../foundation/conditions';
import { unlessZero } from '../foundation/writeStatus';
import { isPodAvailable, isPodReady } from '../views/podView';
import { replicaSetView } from '../views/replicaSetView';
import { ownMember } from '../../model/ownMember';

export interface ReplicaSetCount {
  replicaSet: KubernetesObject;
  active: readonly KubernetesObject[];
  terminatingCount: number;
  /** What went wrong while pods were made (`create`) or deleted. */
  failure?: { during: 'create' | 'delete'; message: string };
  nowMilliseconds: number;
}

/** The status of a ReplicaSet with these pods. */
export function replicaSetStatus(counted: ReplicaSetCount): object {
  const { replicaSet, active, failure, nowMilliseconds } = counted;
  const { spec, status } = replicaSetView(replicaSet);
  const labels = Object.entries(spec.template.metadata.labels ?? {});
  const count = (is: (pod: KubernetesObject) => boolean) =>
    active.filter(is).length;
  const conditions = conditionsWith(status.conditions ?? [], failure, {
    nowMilliseconds,
  });
  return {
    replicas: active.length,
    fullyLabeledReplicas: unlessZero(
      count(pod =>
        labels.every(
          ([key, value]) => ownMember(pod.metadata.labels, key) === value,
        ),
      ),
    ),
    readyReplicas: unlessZero(count(isPodReady)),
    availableReplicas: unlessZero(
      count(pod => isPodAvailable(pod, spec.minReadySeconds, nowMilliseconds)),
    ),
    terminatingReplicas: counted.terminatingCount,
    observedGeneration: replicaSet.metadata.generation,
    conditions: conditions.length === 0 ? undefined : conditions,
  };
}

function conditionsWith(
  present: NonNullable<
    ReturnType<typeof replicaSetView>['status']['conditions']
  >,
  failure: ReplicaSetCount['failure'],
  { nowMilliseconds }: { nowMilliseconds: number },
) {
  const known = conditionOf(present, 'ReplicaFailure');
  if (failure === undefined) {
    return withoutCondition(present, 'ReplicaFailure');
  }
  if (known !== undefined) {
    return present;
  }
  return [
    ...present,
    {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: timestamp(nowMilliseconds),
      reason: failure.during === 'create' ? 'FailedCreate' : 'FailedDelete',
      message: failure.message,
    },
  ];
}
