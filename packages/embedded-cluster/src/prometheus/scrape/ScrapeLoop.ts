import { createHash } from 'node:crypto';
import type { Clock } from '../../model/Clock';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ScrapeConfig } from '../config/parsePrometheusConfig';
import type { Relabeling } from '../relabel/relabel';
import { METRIC_NAME, withLabels } from '../storage/labels';
import type { SampleStore } from '../storage/SampleStore';
import { fetchMetrics } from './fetchMetrics';
import { parseExposition, type MetricMetadata } from './parseExposition';
import { saysNotReady } from './saysNotReady';
import type { ScrapeTarget } from './scrapeTarget';
import { storeReport, TargetSeries, type Ingested } from './TargetSeries';
import { messageOf } from '../../runtime/messageOf';

/** First scrapes of new targets are spread over this time. */
const FIRST_SCRAPE_SPREAD_MILLISECONDS = 250;
/** A scrape that comes this little late counts as in time, so that samples lie at even distances. */
const TIME_TOLERANCE_MILLISECONDS = 10;
/** How many intervals after its last scrape the series of a target that is gone end. */
const END_AFTER_INTERVALS = 2.1;

/** Series that Prometheus adds to each target's own. */
const REPORT_NAMES = {
  up: 'up',
  duration: 'scrape_duration_seconds',
  samples: 'scrape_samples_scraped',
  afterRelabeling: 'scrape_samples_post_metric_relabeling',
  newSeries: 'scrape_series_added',
} as const;

export type TargetHealth = 'unknown' | 'up' | 'down';

/** What `/api/v1/targets` tells about the last scrape. */
export interface ScrapeState {
  health: TargetHealth;
  lastError: string;
  /** Undefined before the first scrape. */
  lastScrapeMilliseconds?: number;
  lastDurationSeconds: number;
  metadata: ReadonlyMap<string, MetricMetadata>;
}

export interface ScrapeLoopOptions {
  target: ScrapeTarget;
  config: ScrapeConfig;
  metricRelabeling: Relabeling;
  store: SampleStore;
  network: Pick<ClusterNetwork, 'fetch'>;
  clock: Clock;
}

const NOTHING: Ingested = { samples: 0, afterRelabeling: 0, newSeries: 0 };

/** The same number for the same target in every run, so that it keeps its place in the interval. */
function spread(target: ScrapeTarget, milliseconds: number): number {
  const digest = createHash('md5').update(target.key).digest();
  return Number(digest.readBigUInt64BE(8) % BigInt(Math.max(1, milliseconds)));
}

/** Scrapes one target, again and again, until it is stopped. */
export class ScrapeLoop {
  #target: ScrapeTarget;
  readonly #options: ScrapeLoopOptions;
  readonly #series: TargetSeries;
  readonly #stop = new AbortController();
  #state: ScrapeState = {
    health: 'unknown',
    lastError: '',
    lastDurationSeconds: 0,
    metadata: new Map(),
  };
  #cancelTimer: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #isScraping = false;
  #lastTimeMilliseconds = -Infinity;

  constructor(options: ScrapeLoopOptions) {
    this.#target = options.target;
    this.#options = options;
    this.#series = new TargetSeries({
      store: options.store,
      config: options.config,
      metricRelabeling: options.metricRelabeling,
      labels: options.target.labels,
    });
  }

  get target(): ScrapeTarget {
    return this.#target;
  }

  get state(): ScrapeState {
    return this.#state;
  }

  /**
   * Discovery found the same target again, perhaps with other labels that
   * relabeling does not keep. One that has become ready is scraped at once if it
   * never answered before.
   */
  rediscover(target: ScrapeTarget): void {
    const wasNotReady = saysNotReady(this.#target);
    this.#target = target;
    if (
      wasNotReady &&
      !saysNotReady(target) &&
      this.#state.health !== 'up' &&
      !this.#isScraping &&
      !this.#stop.signal.aborted
    ) {
      this.#cancelTimer?.();
      this.#scrapeSoon();
    }
  }

  /**
   * The first scrape comes at once, unless the target says that it is not ready;
   * the later ones at the target's own place in the interval.
   */
  start(): void {
    if (saysNotReady(this.target)) {
      this.#scheduleNext();
    } else {
      this.#scrapeSoon();
    }
  }

  #scrapeSoon(): void {
    this.#cancelTimer = this.#options.clock.after(
      spread(this.target, FIRST_SCRAPE_SPREAD_MILLISECONDS),
      () => this.#run(undefined),
    );
  }

  /**
   * Ends the scraping; the series of a target that is gone end a little later.
   *
   * @param goesOn - the store is still looked at
   */
  async stop(goesOn: boolean): Promise<void> {
    this.#cancelTimer?.();
    this.#stop.abort();
    await this.#running;
    const { clock } = this.#options;
    const last = this.#lastTimeMilliseconds;
    if (goesOn && last > -Infinity) {
      const endsAt =
        last + this.target.intervalMilliseconds * END_AFTER_INTERVALS;
      clock.after(Math.max(0, endsAt - clock.now()), () => {
        this.#series.endAll(endsAt, last);
        this.#endReport(endsAt, last);
      });
    }
  }

  #run(scheduledMilliseconds: number | undefined): void {
    this.#isScraping = true;
    this.#running = this.#scrape(scheduledMilliseconds).then(() => {
      this.#isScraping = false;
      if (!this.#stop.signal.aborted) {
        this.#scheduleNext();
      }
    });
  }

  #scheduleNext(): void {
    const { clock } = this.#options;
    const interval = this.target.intervalMilliseconds;
    const place = spread(this.target, interval);
    const now = clock.now();
    let next = Math.floor(now / interval) * interval + place;
    while (next <= now) {
      next += interval;
    }
    this.#cancelTimer = clock.after(next - now, () => this.#run(next));
  }

  async #scrape(scheduledMilliseconds: number | undefined): Promise<void> {
    const { clock, store } = this.#options;
    const started = clock.now();
    const isInTime =
      scheduledMilliseconds !== undefined &&
      Math.abs(started - scheduledMilliseconds) <= TIME_TOLERANCE_MILLISECONDS;
    const time = isInTime ? scheduledMilliseconds : started;
    const begun = performance.now();
    let ingested = NOTHING;
    let lastError = '';
    let { metadata } = this.#state;
    try {
      const { text, format } = await this.#fetch();
      const exposition = parseExposition(text, format);
      ingested = this.#series.ingest(exposition.samples, time);
      metadata = exposition.metadata;
    } catch (error) {
      if (this.#stop.signal.aborted) {
        return;
      }
      lastError = messageOf(error);
      this.#series.endAll(time);
    }
    const lastDurationSeconds = (performance.now() - begun) / 1000;
    storeReport(store, this.target.labels, time, {
      [REPORT_NAMES.up]: lastError === '' ? 1 : 0,
      [REPORT_NAMES.duration]: lastDurationSeconds,
      [REPORT_NAMES.samples]: ingested.samples,
      [REPORT_NAMES.afterRelabeling]: ingested.afterRelabeling,
      [REPORT_NAMES.newSeries]: ingested.newSeries,
    });
    this.#lastTimeMilliseconds = time;
    this.#state = {
      health: lastError === '' ? 'up' : 'down',
      lastError,
      lastScrapeMilliseconds: started,
      lastDurationSeconds,
      metadata,
    };
  }

  async #fetch() {
    const { clock, network, config } = this.#options;
    const timeout = new AbortController();
    const cancel = clock.after(this.target.timeoutMilliseconds, () =>
      timeout.abort(),
    );
    try {
      return await fetchMetrics({
        network,
        config,
        target: this.target,
        timeout: timeout.signal,
        stop: this.#stop.signal,
      });
    } finally {
      cancel();
    }
  }

  #endReport(timeMilliseconds: number, unlessAfterMilliseconds: number): void {
    const { store } = this.#options;
    for (const name of Object.values(REPORT_NAMES)) {
      const series = store.seriesOf(
        withLabels(this.target.labels, { [METRIC_NAME]: name }),
      );
      if (series.lastTime <= unlessAfterMilliseconds) {
        series.end(timeMilliseconds);
      }
    }
  }
}
