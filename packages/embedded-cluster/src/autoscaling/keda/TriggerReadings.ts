import type { Clock } from '../../model/Clock';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { ExternalMetricValue } from '../ExternalMetrics';
import { formatMilli } from '../hpa/formatMilli';
import { PodOwnership } from '../hpa/PodOwnership';
import { readScale } from '../scaleTarget';
import { fallbackMilli } from './fallbackMilli';
import { metricValue } from './metricValue';
import { noteHealth } from './noteHealth';
import { prometheusTrigger, type PrometheusTrigger } from './prometheusTrigger';
import { queryPrometheus } from './queryPrometheus';
import type { ScaledObject, ScaledObjects } from './ScaledObjects';
import { targetRefOf, validFallback } from './scaledObjectSpec';
import { triggerAuthentication } from './triggerAuthentication';

/** What a trigger gave at one moment. */
export interface TriggerReading {
  trigger: PrometheusTrigger;
  value?: ExternalMetricValue;
  active: boolean;
  /** The value stands in for one that could not be read. */
  isFallback: boolean;
  error?: Error;
}

export interface TriggerReadingsOptions {
  objects: ClusterObjects;
  scaledObjects: ScaledObjects;
  network: Pick<ClusterNetwork, 'fetch'>;
  clock: Clock;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Asks the triggers of ScaledObjects for their values, counts how often each
 * failed in a row, and puts the fallback's value in place where it is due.
 */
export class TriggerReadings {
  readonly #options: TriggerReadingsOptions;
  readonly #pods: PodOwnership;
  /** Triggers by key and generation, until one of them fails: then credentials are looked up again. */
  readonly #built = new Map<
    string,
    { generation: number | undefined; triggers: PrometheusTrigger[] }
  >();
  /** What polls of triggers with `useCachedMetrics` gave. */
  readonly #cached = new Map<string, TriggerReading>();

  constructor(options: TriggerReadingsOptions) {
    this.#options = options;
    this.#pods = new PodOwnership(options.objects);
  }

  /** @throws Error for metadata or authentication that no trigger can be made of */
  triggersOf(scaledObject: ScaledObject): PrometheusTrigger[] {
    const { objects, scaledObjects } = this.#options;
    const { key, object, spec, namespace } = scaledObject;
    const { generation } = object.metadata;
    const built = this.#built.get(key);
    if (built && built.generation === generation) {
      return built.triggers;
    }
    const triggers = spec.triggers.map((trigger, index) => {
      try {
        return prometheusTrigger(
          trigger,
          index,
          triggerAuthentication(objects, trigger, namespace),
        );
      } catch (error) {
        scaledObjects.record(scaledObject, {
          type: 'Warning',
          reason: 'KEDAScalerFailed',
          message: asError(error).message,
        });
        throw error;
      }
    });
    this.#built.set(key, { generation, triggers });
    for (const { type } of spec.triggers) {
      scaledObjects.record(scaledObject, {
        type: 'Normal',
        reason: 'KEDAScalersStarted',
        message: `Scaler ${type} is built`,
      });
    }
    return triggers;
  }

  forget(key: string): void {
    this.#built.delete(key);
    for (const cached of [...this.#cached.keys()]) {
      if (cached.startsWith(`${key}/`)) {
        this.#cached.delete(cached);
      }
    }
  }

  /** All triggers, as a poll does. */
  async poll(
    scaledObject: ScaledObject,
    signal: AbortSignal,
  ): Promise<TriggerReading[]> {
    const readings = await Promise.all(
      this.triggersOf(scaledObject).map(trigger =>
        this.#read(scaledObject, trigger, signal),
      ),
    );
    for (const reading of readings) {
      if (reading.trigger.useCachedMetrics) {
        this.#cached.set(
          `${scaledObject.key}/${reading.trigger.metricName}`,
          reading,
        );
      }
    }
    this.#rebuildAfterErrors(scaledObject, readings);
    return readings;
  }

  /** One metric, as the autoscaler asks for it; undefined where no trigger has its name. */
  async pull(
    scaledObject: ScaledObject,
    metricName: string,
    signal: AbortSignal,
  ): Promise<TriggerReading | undefined> {
    const trigger = this.triggersOf(scaledObject).find(
      candidate => candidate.metricName === metricName,
    );
    if (trigger === undefined) {
      return undefined;
    }
    const reading =
      this.#cached.get(`${scaledObject.key}/${metricName}`) ??
      (await this.#read(scaledObject, trigger, signal));
    this.#rebuildAfterErrors(scaledObject, [reading]);
    return reading;
  }

  /** Whether a metric has a value now. Counts as no reading and records nothing. */
  async isThere(
    { key, spec, namespace }: ScaledObject,
    metricName: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { objects, network, clock } = this.#options;
    try {
      const trigger = spec.triggers
        .map((each, index) =>
          prometheusTrigger(
            each,
            index,
            triggerAuthentication(objects, each, namespace),
          ),
        )
        .find(candidate => candidate.metricName === metricName);
      if (trigger === undefined) {
        return false;
      }
      if (trigger.useCachedMetrics) {
        return this.#cached.get(`${key}/${metricName}`)?.value !== undefined;
      }
      await queryPrometheus(trigger, {
        network,
        nowMilliseconds: clock.now(),
        signal,
      });
      return true;
    } catch {
      // Whoever reads it is told why it is not.
      return false;
    }
  }

  #rebuildAfterErrors(
    { key }: ScaledObject,
    readings: readonly TriggerReading[],
  ): void {
    if (readings.some(({ error }) => error !== undefined)) {
      this.#built.delete(key);
    }
  }

  async #read(
    scaledObject: ScaledObject,
    trigger: PrometheusTrigger,
    signal: AbortSignal,
  ): Promise<TriggerReading> {
    const { network, clock } = this.#options;
    const { metricName } = trigger;
    let value: number;
    try {
      value = await queryPrometheus(trigger, {
        network,
        nowMilliseconds: clock.now(),
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      return this.#failed(scaledObject, trigger, asError(error));
    }
    noteHealth(this.#options.scaledObjects, scaledObject, metricName, () => ({
      numberOfFailures: 0,
      status: 'Happy',
    }));
    return {
      trigger,
      value: metricValue(metricName, value),
      active: value > trigger.activationThreshold,
      isFallback: false,
    };
  }

  #failed(
    scaledObject: ScaledObject,
    trigger: PrometheusTrigger,
    error: Error,
  ): TriggerReading {
    const { metricName } = trigger;
    const fallback = validFallback(scaledObject.spec);
    const failures = noteHealth(
      this.#options.scaledObjects,
      scaledObject,
      metricName,
      before => ({
        numberOfFailures: before + 1,
        status: 'Failing',
      }),
    );
    if (!fallback || failures <= fallback.failureThreshold) {
      return { trigger, active: false, isFallback: false, error };
    }
    try {
      const milli = fallbackMilli(
        fallback,
        trigger,
        this.#counts(scaledObject),
      );
      return {
        trigger,
        value: { metricName, milli, text: formatMilli(milli) },
        active: true,
        isFallback: true,
      };
    } catch (cause) {
      return {
        trigger,
        active: false,
        isFallback: false,
        error: new Error(asError(cause).message, { cause: error }),
      };
    }
  }

  #counts({ spec, namespace }: ScaledObject) {
    const { objects } = this.#options;
    const scale = readScale(objects, targetRefOf(spec), namespace);
    return {
      currentReplicas: scale.specReplicas,
      readyReplicas: this.#pods.readyPods(namespace, scale.selector),
    };
  }
}
