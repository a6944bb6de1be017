import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Controller } from '../../ports/Controller';
import { requireType } from '../../runtime/requireType';
import { readScale } from '../scaleTarget';
import { readAutoscalerSpec } from './autoscalerSpec';
import { AutoscalerSync, type AutoscalerSyncOptions } from './AutoscalerSync';
import { PodOwnership } from './PodOwnership';

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
 * sees a decision within 10 s. The second one is late enough that a Prometheus
 * which appeared together with the autoscaler has scraped twice.
 */
export class AutoscalerController implements Controller {
  readonly name = 'horizontal-pod-autoscaler';
  readonly #options: AutoscalerControllerOptions;
  readonly #timing: {
    sync: number;
    firstMetrics: number;
    firstBounds: number | undefined;
    firstRetry: number | undefined;
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
    const { clock } = this.#options;
    const object = this.#find(key);
    if (object !== undefined && this.#isOutOfBounds(object)) {
      this.#beat(key, followed);
      return;
    }
    followed.cancel = clock.after(this.#untilFirstMetrics(followed), () =>
      this.#beat(key, followed),
    );
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
    const run = this.#sync(key, followed).finally(() => {
      this.#running.delete(run);
    });
    this.#running.add(run);
  }

  async #sync(key: string, followed: Followed): Promise<void> {
    const { clock, log } = this.#options;
    try {
      const object = this.#find(key);
      if (object) {
        await followed.sync.run(object, this.#abort.signal);
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) {
        log(
          `HorizontalPodAutoscaler ${key} was not synced: ${
            error instanceof Error ? error.message : String(error)
          }; again in ${this.#timing.sync / 1000} s`,
        );
      }
    }
    if (this.#followed.get(key) === followed) {
      const untilFirst = this.#untilFirstMetrics(followed);
      followed.cancel = clock.after(
        untilFirst > 0 ? untilFirst : this.#untilNext(key, followed),
        () => this.#beat(key, followed),
      );
    }
  }

  #untilNext(key: string, { appearedAtMilliseconds }: Followed): number {
    const { sync, firstRetry } = this.#timing;
    const age = this.#options.clock.now() - appearedAtMilliseconds;
    return firstRetry !== undefined &&
      age < YOUNG_MILLISECONDS &&
      this.#lacksItsMetric(key)
      ? firstRetry
      : sync;
  }

  #lacksItsMetric(key: string): boolean {
    const object = this.#find(key);
    return (
      object !== undefined &&
      readAutoscalerSpec(object).conditions.some(
        ({ type, status, reason }) =>
          type === 'ScalingActive' &&
          status === 'False' &&
          reason === 'FailedGetExternalMetric',
      )
    );
  }
}
