import type { Clock } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { withCondition } from './kedaConditions';
import { pausingOf } from './pausing';
import { requestScale } from './requestScale';
import type { TriggerState } from './ScaleRequest';
import type { ScaledObject, ScaledObjects } from './ScaledObjects';
import type { TriggerReading, TriggerReadings } from './TriggerReadings';
import { messageOf } from '../../runtime/messageOf';

/** KEDA's default `pollingInterval`. */
const DEFAULT_POLLING_SECONDS = 30;

interface Loop {
  generation: number | undefined;
  abort: AbortController;
  cancel: () => void;
  polls: number;
}

export interface ScaleLoopsOptions {
  objects: ClusterObjects;
  scaledObjects: ScaledObjects;
  readings: TriggerReadings;
  clock: Clock;
  log(line: string): void;
}

function stateOf(readings: readonly TriggerReading[]): TriggerState {
  const active = readings.filter(({ active: isActive }) => isActive);
  return {
    isActive: active.length > 0,
    isError: readings.some(({ error }) => error !== undefined),
    activeTriggers: active.map(({ trigger }) => trigger.metricName),
  };
}

/**
 * Polls the triggers of each ScaledObject at its interval: for what KEDA does
 * itself (waking and resting), and for its conditions. The autoscaler asks for
 * its values on its own.
 */
export class ScaleLoops {
  readonly #options: ScaleLoopsOptions;
  readonly #loops = new Map<string, Loop>();
  readonly #running = new Set<Promise<void>>();

  constructor(options: ScaleLoopsOptions) {
    this.#options = options;
  }

  /** Whether a loop goes for this generation of the object. */
  follows({ key, object }: ScaledObject): boolean {
    const loop = this.#loops.get(key);
    return loop !== undefined && loop.generation === object.metadata.generation;
  }

  /** Begins to poll at once; a loop of an older generation ends. */
  start(scaledObject: ScaledObject): void {
    const { key, object } = scaledObject;
    const before = this.#loops.get(key);
    before?.abort.abort();
    before?.cancel();
    const loop: Loop = {
      generation: object.metadata.generation,
      abort: new AbortController(),
      cancel: () => {},
      polls: before?.polls ?? 0,
    };
    this.#loops.set(key, loop);
    if (!before) {
      this.#options.scaledObjects.record(scaledObject, {
        type: 'Normal',
        reason: 'KEDAScalersStarted',
        action: 'ScalersWatchStarted',
        message: 'Started scalers watch',
      });
    }
    this.#poll(key, loop);
  }

  /** @returns whether there was a loop */
  end(key: string): boolean {
    const loop = this.#loops.get(key);
    loop?.abort.abort();
    loop?.cancel();
    this.#options.readings.forget(key);
    return this.#loops.delete(key);
  }

  async stop(): Promise<void> {
    for (const key of [...this.#loops.keys()]) {
      this.end(key);
    }
    await Promise.all(this.#running);
  }

  /** Resolves when no poll is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running);
    }
  }

  #poll(key: string, loop: Loop): void {
    const { scaledObjects, clock, log } = this.#options;
    const scaledObject = scaledObjects.find(key);
    if (scaledObject === undefined || loop.abort.signal.aborted) {
      return;
    }
    const seconds =
      scaledObject.spec.pollingInterval ?? DEFAULT_POLLING_SECONDS;
    loop.cancel = clock.after(seconds * 1000, () => this.#poll(key, loop));
    const run = this.#check(scaledObject, loop)
      .catch(error => {
        if (!loop.abort.signal.aborted) {
          log(
            `ScaledObject ${key} was not polled: ${messageOf(
              error,
            )}; again in ${seconds} s`,
          );
        }
      })
      .finally(() => {
        this.#running.delete(run);
      });
    this.#running.add(run);
  }

  async #check(before: ScaledObject, loop: Loop): Promise<void> {
    const { objects, scaledObjects, readings, clock } = this.#options;
    const results = await readings.poll(before, loop.abort.signal);
    const scaledObject = scaledObjects.find(before.key);
    if (scaledObject === undefined || loop.abort.signal.aborted) {
      return;
    }
    this.#recordErrors(before, results);
    const state = stateOf(results);
    const isPaused = pausingOf(scaledObject.object.metadata.annotations).paused;
    const triggersActivity = Object.fromEntries(
      results.map(({ trigger, active }) => [
        trigger.metricName,
        { isActive: active },
      ]),
    );
    if (isPaused) {
      scaledObjects.setStatus(before.key, () => ({ triggersActivity }));
      return;
    }
    const result = requestScale({
      objects,
      scaledObject,
      state,
      nowMilliseconds: clock.now(),
    });
    result.events.forEach(event => scaledObjects.record(scaledObject, event));
    loop.polls += 1;
    // The reconciliation that the first poll follows has the last word on
    // Ready: triggers get one interval before they count as broken.
    const judgesReady = loop.polls > 1 || result.ready.status === 'True';
    scaledObjects.setStatus(before.key, ({ conditions }) => {
      const withReady = judgesReady
        ? withCondition(conditions, 'Ready', result.ready)
        : conditions;
      return {
        conditions: result.active
          ? withCondition(withReady, 'Active', result.active)
          : withReady,
        triggersActivity,
        ...(result.lastActiveTime === undefined
          ? {}
          : { lastActiveTime: result.lastActiveTime }),
      };
    });
  }

  #recordErrors(
    before: ScaledObject,
    results: readonly TriggerReading[],
  ): void {
    for (const { error } of results) {
      if (error) {
        this.#options.scaledObjects.record(before, {
          type: 'Warning',
          reason: 'KEDAScalerFailed',
          message: error.message,
        });
      }
    }
  }
}
