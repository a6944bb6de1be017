import type { Clock } from '../../model/Clock';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ScrapeConfig } from '../config/parsePrometheusConfig';
import type { TargetLabels } from '../discovery/metaLabels';
import { prepareRelabeling } from '../relabel/relabel';
import type { Labels } from '../storage/labels';
import type { SampleStore } from '../storage/SampleStore';
import { ScrapeLoop } from './ScrapeLoop';
import { scrapeTarget, type ScrapeTarget } from './scrapeTarget';

export interface ScrapePoolOptions {
  config: ScrapeConfig;
  store: SampleStore;
  network: Pick<ClusterNetwork, 'fetch'>;
  clock: Clock;
  /** Told of targets that cannot be scraped. */
  onInvalid(reason: string): void;
}

/** The targets of one scrape configuration. */
export class ScrapePool {
  readonly config: ScrapeConfig;
  readonly #options: ScrapePoolOptions;
  readonly #loops = new Map<string, ScrapeLoop>();
  #dropped: Labels[] = [];

  constructor(options: ScrapePoolOptions) {
    this.config = options.config;
    this.#options = options;
  }

  get loops(): readonly ScrapeLoop[] {
    return [...this.#loops.values()];
  }

  /** Labels of what discovery found and relabeling dropped. */
  get dropped(): readonly Labels[] {
    return this.#dropped;
  }

  /** Begins to scrape what is new and ends what is gone; the others go on undisturbed. */
  async sync(found: readonly TargetLabels[]): Promise<void> {
    const { config, onInvalid } = this.#options;
    const relabeling = prepareRelabeling(config.relabel_configs);
    const targets = new Map<string, ScrapeTarget>();
    const dropped: Labels[] = [];
    for (const labels of found) {
      const outcome = scrapeTarget(config, relabeling, labels);
      switch (outcome.status) {
        case 'active':
          targets.set(outcome.target.key, outcome.target);
          break;
        case 'dropped':
          dropped.push(outcome.discoveredLabels);
          break;
        default:
          onInvalid(outcome.reason);
      }
    }
    this.#dropped = dropped;
    const limit = config.target_limit;
    if (limit > 0 && targets.size > limit) {
      onInvalid(
        `target_limit exceeded (number of targets: ${targets.size}, limit: ${limit})`,
      );
      targets.clear();
    }
    const gone = [...this.#loops].filter(([key]) => !targets.has(key));
    for (const [key] of gone) {
      this.#loops.delete(key);
    }
    this.#keepOrStart(targets);
    await Promise.all(gone.map(([, loop]) => loop.stop(true)));
  }

  /** @param goesOn - the store is still looked at */
  async stop(goesOn: boolean): Promise<void> {
    const loops = this.loops;
    this.#loops.clear();
    await Promise.all(loops.map(loop => loop.stop(goesOn)));
  }

  #keepOrStart(targets: ReadonlyMap<string, ScrapeTarget>): void {
    const { config, store, network, clock } = this.#options;
    const metricRelabeling = prepareRelabeling(config.metric_relabel_configs);
    for (const [key, target] of targets) {
      const known = this.#loops.get(key);
      if (known) {
        known.rediscover(target);
      } else {
        const loop = new ScrapeLoop({
          target,
          config,
          metricRelabeling,
          store,
          network,
          clock,
        });
        this.#loops.set(key, loop);
        loop.start();
      }
    }
  }
}
