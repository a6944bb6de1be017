import { ScalingEvent } from '../snapshot';
import { autoscalerTroubleEvents } from './autoscalerTroubleEvents';
import { kedaEvents } from './kedaEvents';
import { KubernetesEvent, readEvent } from './readEvent';
import { replicaSetChanges } from './replicaSetChanges';
import { rescaleEvents } from './rescaleEvents';
import { rolloutEvents } from './rolloutEvents';

/** Events of core/v1 or events.k8s.io/v1, each list about one of the three objects. */
export interface ScalingEventSources {
  hpaEvents: readonly unknown[];
  scaledObjectEvents: readonly unknown[];
  deploymentEvents: readonly unknown[];
}

function readAll(events: readonly unknown[]): KubernetesEvent[] {
  return events
    .map(readEvent)
    .filter((event): event is KubernetesEvent => event !== undefined);
}

/**
 * KEDA and the autoscaler report the same trouble on every try. Of a run of
 * troubles only the newest of each kind stays. Expects newest first.
 */
function withoutRepeatedTrouble(events: ScalingEvent[]): ScalingEvent[] {
  let run = new Set<string>();
  return events.filter(({ kind, reason, message }) => {
    if (kind !== 'trouble') {
      run = new Set();
      return true;
    }
    const key = `${reason} ${message}`;
    const isNew = !run.has(key);
    run.add(key);
    return isNew;
  });
}

/**
 * What happened to the replicas and why, newest first. Events that are none of
 * our business, and what cannot be read as an event, are left out.
 */
export function readScalingEvents(
  sources: ScalingEventSources,
): ScalingEvent[] {
  const hpaEvents = readAll(sources.hpaEvents);
  const changes = replicaSetChanges(readAll(sources.deploymentEvents));
  const events = [
    ...rescaleEvents(hpaEvents, changes),
    ...autoscalerTroubleEvents(hpaEvents),
    ...kedaEvents(readAll(sources.scaledObjectEvents)),
    ...rolloutEvents(changes),
  ];
  return withoutRepeatedTrouble(events.sort((a, b) => b.at - a.at));
}
