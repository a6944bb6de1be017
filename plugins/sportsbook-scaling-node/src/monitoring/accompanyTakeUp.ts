import {
  formatObjectRef,
  groupKindOf,
  ObjectRef,
  readScaledObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { madeAt } from './newestMonitor';
import { PROMETHEUS } from './prometheusObject';
import { LONGEST_TAKE_UP_SECONDS, TakeUp } from './TakeUp';

const PAUSE_MILLISECONDS = 3_000;

export interface AccompanyTakeUpOptions {
  client: KubernetesClient;
  /** What was applied together. */
  objects: readonly ObjectRef[];
  /** Servers of the cluster that the configuration describes. */
  configured: readonly ConfiguredPrometheus[];
  onStep?: (line: string) => void;
  /** Default: the present. */
  now?: () => Date;
  /** Ends it, without an error. */
  signal: AbortSignal;
}

/**
 * Says, while a set is waited for, how long the servers that its triggers ask
 * still take to see its new ServiceMonitors, and hastens that where it is
 * allowed.
 *
 * A Prometheus of the set itself starts with its monitors and has nothing to
 * take up.
 */
export async function accompanyTakeUp(
  options: AccompanyTakeUpOptions,
): Promise<void> {
  const { objects, signal } = options;
  const ofKind = (kind: string) =>
    objects.filter(ref => groupKindOf(ref) === kind);
  const monitors = ofKind('monitoring.coreos.com/ServiceMonitor');
  const triggered = ofKind('keda.sh/ScaledObject');
  if (
    monitors.length === 0 ||
    triggered.length === 0 ||
    ofKind(groupKindOf(PROMETHEUS)).length > 0
  ) {
    return;
  }
  try {
    await Promise.all(
      triggered.map(scaledObject =>
        accompany(
          options,
          scaledObject,
          monitors.filter(
            ({ namespace }) => namespace === scaledObject.namespace,
          ),
        ),
      ),
    );
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

async function accompany(
  options: AccompanyTakeUpOptions,
  scaledObject: ObjectRef,
  monitors: ObjectRef[],
): Promise<void> {
  const { client, signal, onStep } = options;
  const object = await client.get(scaledObject, { signal });
  const trigger = object && readScaledObject(object).trigger;
  const found = await Promise.all(
    monitors.map(monitor => client.get(monitor, { signal })),
  );
  const [newest] = found
    .flatMap(monitor => {
      const made = monitor && madeAt(monitor);
      return made === undefined ? [] : [{ made, monitor }];
    })
    .sort((a, b) => b.made.getTime() - a.made.getTime());
  if (trigger === undefined || newest === undefined) {
    return;
  }
  const takeUp = new TakeUp({
    ...options,
    serverAddress: trigger.serverAddress,
  });
  let said: string | undefined;
  while (takeUp.ageSeconds(newest.made) < LONGEST_TAKE_UP_SECONDS) {
    const left = await takeUp.look(newest.made);
    if (left !== said) {
      said = left;
      onStep?.(
        `${trigger.serverAddress} may not scrape ${formatObjectRef(
          scaledObject,
        )} yet: ${left}`,
      );
    }
    await sleep(PAUSE_MILLISECONDS, { signal });
  }
}
