import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Controller } from '../../ports/Controller';
import { requireType } from '../../runtime/requireType';
import { readScale } from '../scaleTarget';
import { readAutoscalerSpec, type AutoscalerCondition } from './autoscalerSpec';
import { AutoscalerSync, type AutoscalerSyncOptions } from './AutoscalerSync';
import { PodOwnership } from './PodOwnership';
import { messageOf } from '../../runtime/messageOf';

/** When autoscalers are looked at. */
export interface AutoscalerTiming {
  /** Between two syncs of one. Default 15,000, as `--horizontal-pod-autoscaler-sync-period`. */
  syncMilliseconds?: number;
  /** From an autoscaler's appearance to its first look at the metrics. Default 8,000; the real one takes a whole sync period. */
  firstMetricsMilliseconds?: number;
  /**
   * From its appearance to a first look at the bounds alone, which needs no
   * metric. Default 1,000; undefined in the real one, which looks at both at once.
   */
  firstBoundsMilliseconds?: number | undefined;
  /**
   * Between two syncs of an autoscaler that is younger than a minute and has
   * not read its external metric yet. Default 4,000; undefined in the real one,
   * which waits a whole sync period.
   */
  firstRetryMilliseconds?: number | undefined;
  /**
   * How often it is looked, before those beats, whether the external metric of
   * such an autoscaler is there by now: then it is synced at once. Default 500;
   * undefined in the real one, which does not look.
   */
  probeMilliseconds?: number | undefined;
}

/** Until then a metric that is not there may still be coming. */
const YOUNG_MILLISECONDS = 60_000;

export interface AutoscalerControllerOptions
  extends Omit<AutoscalerSyncOptions, 'pods'> {
  timing?: AutoscalerTiming;
  log(line: string): void;
}

interface Followed {
  sync: AutoscalerSync;
  uid: string | undefined;
  cancel: () => void;
  appearedAtMilliseconds: number;
}

/**
 * Syncs every HorizontalPodAutoscaler on its own beat: a slow metric of one
 * delays no other. A change of its spec counts at its next beat, as in the real
 * controller.
 *
 * @remarks
 * The first beats come earlier than there, so that somebody who tries it out
 * sees a decision within 10 s. Until the first metric is there, it is asked
 * quietly whether it is, so that nobody waits for the next beat, and a Prometheus
 * that has not scraped twice yet gives no warning.
 */
export class AutoscalerController implements Controller {
  readonly name = 'horizontal-pod-autoscaler';
  readonly #options: AutoscalerControllerOptions;
  readonly #timing: {
    sync: number;
    firstMetrics: number;
    firstBounds: number | undefined;
    firstRetry: number | undefined;
    probe: number | undefined;
  };
  readonly #pods: PodOwnership;
  readonly #followed = new Map<string, Followed>();
  readonly #running = new Set<Promise<void>>();
  #abort = new AbortController();
  #unwatch: (() => void) | undefined;

  constructor(options: AutoscalerControllerOptions) {
    this.#options = options;
    this.#pods = new PodOwnership(options.objects);
    const { timing = {} } = options;
    this.#timing = {
      sync: timing.syncMilliseconds ?? 15_000,
      firstMetrics: timing.firstMetricsMilliseconds ?? 8_000,
      firstBounds:
        'firstBoundsMilliseconds' in timing
          ? timing.firstBoundsMilliseconds
          : 1_000,
      firstRetry:
        'firstRetryMilliseconds' in timing
          ? timing.firstRetryMilliseconds
          : 4_000,
      probe: 'probeMilliseconds' in timing ? timing.probeMilliseconds : 500,
    };
  }

  start(): void {
    const { objects } = this.#options;
    this.#abort = new AbortController();
    this.#unwatch = objects.watch(
      requireType(objects, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
      { resourceVersion: '0' },
      ({ type, object }) => {
        const key = `${object.metadata.namespace}/${object.metadata.name}`;
        if (type === 'DELETED') {
          this.#forget(key);
        } else if (type !== 'BOOKMARK') {
          this.#follow(key, object);
        }
      },
    );
  }

  async stop(): Promise<void> {
    this.#unwatch?.();
    this.#abort.abort(new Error('the autoscaler controller stops'));
    for (const key of [...this.#followed.keys()]) {
      this.#forget(key);
    }
    await Promise.all(this.#running);
  }

  /** Resolves when no sync is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running);
    }
  }

  #follow(key: string, { metadata }: KubernetesObject): void {
    const before = this.#followed.get(key);
    if (before && before.uid === metadata.uid) {
      return;
    }
    this.#forget(key);
    const { clock } = this.#options;
    const followed: Followed = {
      sync: new AutoscalerSync({ ...this.#options, pods: this.#pods }),
      uid: metadata.uid,
      cancel: () => {},
      appearedAtMilliseconds: clock.now(),
    };
    this.#followed.set(key, followed);
    const { firstBounds, firstMetrics } = this.#timing;
    followed.cancel =
      firstBounds === undefined
        ? clock.after(firstMetrics, () => this.#beat(key, followed))
        : clock.after(firstBounds, () => this.#firstBeat(key, followed));
  }

  #forget(key: string): void {
    this.#followed.get(key)?.cancel();
    this.#followed.delete(key);
    this.#pods.release(key);
  }

  /** The first beat acts only where the bounds decide; the metrics have time until the next. */
  #firstBeat(key: string, followed: Followed): void {
    const object = this.#find(key);
    if (object !== undefined && this.#isOutOfBounds(object)) {
      this.#beat(key, followed);
      return;
    }
    this.#beatAfter(key, followed, this.#untilFirstMetrics(followed));
  }

  /** Earlier, if a metric that it waits for comes. */
  #beatAfter(key: string, followed: Followed, milliseconds: number): void {
    const { clock } = this.#options;
    const { probe } = this.#timing;
    if (
      probe === undefined ||
      milliseconds <= probe ||
      this.#awaitedMetric(key, followed) === undefined
    ) {
      followed.cancel = clock.after(milliseconds, () =>
        this.#beat(key, followed),
      );
      return;
    }
    followed.cancel = clock.after(probe, () =>
      this.#run(this.#probe(key, followed, milliseconds - probe)),
    );
  }

  async #probe(
    key: string,
    followed: Followed,
    milliseconds: number,
  ): Promise<void> {
    const metric = this.#awaitedMetric(key, followed);
    const isThere =
      metric !== undefined &&
      (await this.#options.external.isThere({
        namespace: key.split('/')[0],
        metricName: metric.name,
        selector: metric.selector,
        signal: this.#abort.signal,
      }));
    if (this.#followed.get(key) !== followed) {
      return;
    }
    if (isThere) {
      this.#beat(key, followed);
    } else {
      this.#beatAfter(key, followed, milliseconds);
    }
  }

  /** The external metric that a young autoscaler has not read yet. */
  #awaitedMetric(key: string, { appearedAtMilliseconds }: Followed) {
    const age = this.#options.clock.now() - appearedAtMilliseconds;
    const object = this.#find(key);
    if (object === undefined || age >= YOUNG_MILLISECONDS) {
      return undefined;
    }
    try {
      const { metrics, conditions } = readAutoscalerSpec(object);
      const active = conditions.find(({ type }) => type === 'ScalingActive');
      return active === undefined || isMissingExternalMetric(active)
        ? metrics.find(({ external }) => external !== undefined)?.external
            ?.metric
        : undefined;
    } catch {
      // What is wrong with it, its sync says.
      return undefined;
    }
  }

  #untilFirstMetrics({ appearedAtMilliseconds }: Followed): number {
    return (
      this.#timing.firstMetrics -
      (this.#options.clock.now() - appearedAtMilliseconds)
    );
  }

  #isOutOfBounds(object: KubernetesObject): boolean {
    try {
      const { target, minReplicas, maxReplicas } = readAutoscalerSpec(object);
      const { specReplicas } = readScale(
        this.#options.objects,
        target,
        object.metadata.namespace ?? '',
      );
      return (
        specReplicas > maxReplicas ||
        (specReplicas < minReplicas && specReplicas > 0)
      );
    } catch {
      // What is wrong with it, its sync says.
      return false;
    }
  }

  #find(key: string): KubernetesObject | undefined {
    const { objects } = this.#options;
    const [namespace, name] = key.split('/');
    return objects.find(
      requireType(objects, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
      { namespace, name },
    );
  }

  #beat(key: string, followed: Followed): void {
    this.#run(this.#sync(key, followed));
  }

  #run(work: Promise<void>): void {
    const run = work.finally(() => {
      this.#running.delete(run);
    });
    this.#running.add(run);
  }

  async #sync(key: string, followed: Followed): Promise<void> {
    const { log } = this.#options;
    try {
      const object = this.#find(key);
      if (object) {
        await followed.sync.run(object, this.#abort.signal);
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) {
        log(
          `HorizontalPodAutoscaler ${key} was not synced: ${messageOf(
            error,
          )}; again in ${this.#timing.sync / 1000} s`,
        );
      }
    }
    if (this.#followed.get(key) === followed) {
      this.#beatAfter(key, followed, this.#untilNext(key, followed));
    }
  }

  #untilNext(key: string, followed: Followed): number {
    const { sync, firstRetry } = this.#timing;
    const untilFirst = this.#untilFirstMetrics(followed);
    const active = this.#scalingActive(key);
    if (active === undefined && untilFirst > 0) {
      // Only the bounds were looked at.
      return untilFirst;
    }
    const age = this.#options.clock.now() - followed.appearedAtMilliseconds;
    return firstRetry !== undefined &&
      age < YOUNG_MILLISECONDS &&
      active !== undefined &&
      isMissingExternalMetric(active)
      ? firstRetry
      : sync;
  }

  /** What the autoscaler's last look at its metrics came to. */
  #scalingActive(key: string): AutoscalerCondition | undefined {
    const object = this.#find(key);
    return object === undefined
      ? undefined
      : readAutoscalerSpec(object).conditions.find(
          ({ type }) => type === 'ScalingActive',
        );
  }
}

function isMissingExternalMetric({
  status,
  reason,
}: AutoscalerCondition): boolean {
  return status === 'False' && reason === 'FailedGetExternalMetric';
}
