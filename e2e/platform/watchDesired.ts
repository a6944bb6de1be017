import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { autoscalerOf } from '../steps/objects';

/** What an HPA asked for, second by second. */
export interface DesiredWatch {
  /** Ends it. @returns each number of replicas, in the order of the first time */
  stop(): Promise<{ wanted: number[]; seconds: number }>;
}

/** Reads once a second how many replicas the HPA of a service wants. */
export function watchDesired(
  cluster: KubernetesClient,
  service: { namespace: string; name: string },
): DesiredWatch {
  const stopped = new AbortController();
  const wanted = new Set<number>();
  let seconds = 0;
  const reading = (async () => {
    while (!stopped.signal.aborted) {
      const { status } = await autoscalerOf(
        cluster,
        service.namespace,
        service.name,
      );
      wanted.add(status.desiredReplicas);
      seconds += 1;
      await sleep(1000, undefined, { signal: stopped.signal }).catch(
        () => undefined,
      );
    }
  })();
  reading.catch(() => undefined);
  return {
    async stop() {
      stopped.abort();
      await reading;
      return { wanted: [...wanted], seconds };
    },
  };
}
