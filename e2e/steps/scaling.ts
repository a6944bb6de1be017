import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';
import { eventually } from '../eventually';
import { findHey, LoadResult, runHey, runLoad } from '../load';
import { Autoscaler, autoscalerOf, conditionOf } from './objects';
import type { Run } from './Run';

/** The load of the walk-through: 45,000 requests in 3 minutes over 10 connections. */
const LOAD = { requestsPerSecond: 250, requests: 45_000, connections: 10 };

/** The rate's window has filled by then, and the new replica counts. */
const SETTLING_SECONDS = 45;

export interface LoadedService {
  load: LoadResult;
  /** Highest number of replicas that the HPA asked for. */
  highestDesired: number;
  /** Average per replica that the HPA had read when it first asked for more; undefined: it never did. */
  averageAtDecision?: number;
  decisionAfterSeconds?: number;
  /**
   * Median of what the HPA read per replica from {@link SETTLING_SECONDS} after
   * its decision to the end of the load; undefined: there was no such time.
   */
  settledAverage?: number;
}

function averageOf(hpa: Autoscaler): number | undefined {
  const value = hpa.status.currentMetrics?.[0]?.external?.current.averageValue;
  return value === undefined ? undefined : parseQuantity(value);
}

/**
 * Puts the walk-through's load on a service and follows the HPA meanwhile.
 *
 * `whileLoaded` runs once, some seconds after the first scale-out.
 */
export async function loadAndFollow(
  run: Run,
  service: {
    name: string;
    url: string;
    minReplicas: number;
    /** `hey` only where it is on the PATH. */
    generator: 'autocannon' | 'hey';
  },
  whileLoaded?: () => Promise<void>,
): Promise<LoadedService> {
  const { cluster, options } = run;
  const startedAt = Date.now();
  let finished = false;
  const hey = service.generator === 'hey' ? findHey(process.env) : undefined;
  const request = { url: service.url, ...LOAD };
  const load = (
    hey === undefined ? runLoad(request) : runHey(hey, request)
  ).finally(() => {
    finished = true;
  });
  // Its failure is met below, once the loop has ended.
  load.catch(() => undefined);
  const seen: Omit<LoadedService, 'load'> = {
    highestDesired: service.minReplicas,
  };
  let shown: Promise<void> | undefined;
  let lastAverage: number | undefined;
  const settledAverages: number[] = [];
  while (!finished) {
    const hpa = await autoscalerOf(cluster, options.namespace, service.name);
    const average = averageOf(hpa) ?? lastAverage;
    const desired = hpa.status.desiredReplicas;
    if (seen.averageAtDecision === undefined && desired > service.minReplicas) {
      // A status that shows the new size shows the metric that led to it.
      seen.averageAtDecision = average;
      seen.decisionAfterSeconds = (Date.now() - startedAt) / 1000;
      run.journal.note(
        `decision after ${seen.decisionAfterSeconds.toFixed(
          0,
        )} s at ${average} of the target per replica: ${
          service.minReplicas
        } -> ${desired}`,
      );
    }
    seen.highestDesired = Math.max(seen.highestDesired, desired);
    lastAverage = average;
    const hasSettled =
      seen.decisionAfterSeconds !== undefined &&
      Date.now() - startedAt >
        (seen.decisionAfterSeconds + SETTLING_SECONDS) * 1000;
    if (hasSettled && average !== undefined) {
      settledAverages.push(average);
    }
    run.timeline.record(
      service.name,
      await run.backstage.snapshot(service.name),
    );
    if (whileLoaded !== undefined && shown === undefined && hasSettled) {
      shown = whileLoaded();
    }
    await sleep(1000);
  }
  await shown;
  return {
    load: await load,
    ...seen,
    settledAverage: median(settledAverages),
  };
}

function median(values: number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Expects the HPA to settle at a number of replicas with the healthy conditions. */
export async function expectSettled(
  run: Run,
  name: string,
  expected: { replicas: number; withinSeconds: number },
): Promise<Autoscaler> {
  return eventually(
    async () => {
      const hpa = await autoscalerOf(run.cluster, run.options.namespace, name);
      run.timeline.record(name, await run.backstage.snapshot(name));
      assert.equal(hpa.status.currentReplicas, expected.replicas);
      assert.equal(hpa.status.desiredReplicas, expected.replicas);
      assert.equal(
        conditionOf(hpa.status.conditions, 'ScalingActive'),
        'True ValidMetricFound',
      );
      return hpa;
    },
    { withinSeconds: expected.withinSeconds, everySeconds: 2 },
  );
}
