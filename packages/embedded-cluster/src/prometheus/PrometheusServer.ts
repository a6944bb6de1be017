import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../model/Clock';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import { milliseconds } from './config/durationText';
import {
  notRunBy,
  parsePrometheusConfig,
  PrometheusConfigError,
  type PrometheusConfig,
  type ScrapeConfig,
} from './config/parsePrometheusConfig';
import type { KubernetesDiscovery } from './discovery/KubernetesDiscovery';
import type { TargetLabels } from './discovery/metaLabels';
import type { ServerLog } from './ServerLog';
import { QueryGate } from './promql/QueryGate';
import { ScrapePool } from './scrape/ScrapePool';
import { SampleStore } from './storage/SampleStore';
import { messageOf } from '../runtime/messageOf';

/** Changes of objects within this time are looked at together. */
const DISCOVERY_DELAY_MILLISECONDS = 50;
/** Rights may change without any object of ours. */
const DISCOVERY_INTERVAL_MILLISECONDS = 5000;
const FORBIDDEN_RETRY_MILLISECONDS = 1000;
const FORGET_INTERVAL_MILLISECONDS = 30_000;

export interface PrometheusServerOptions {
  clock: Clock;
  network: Pick<ClusterNetwork, 'fetch'>;
  discovery: Pick<KubernetesDiscovery, 'discover' | 'watch'>;
  log: ServerLog;
}

/** A Prometheus server but for its HTTP: configuration, targets and samples. */
export class PrometheusServer {
  readonly startedMilliseconds: number;
  readonly #options: PrometheusServerOptions;
  readonly store = new SampleStore();
  readonly queries = new QueryGate();
  readonly #pools = new Map<string, ScrapePool>();
  #config: PrometheusConfig = parsePrometheusConfig('');
  #configMilliseconds: number;
  #isConfigGood = true;
  #isStopped = false;
  #ends: (() => void)[] = [];
  #cancelDiscovery: (() => void) | undefined;
  #syncing: Promise<void> = Promise.resolve();
  #complaints = new Set<string>();

  constructor(options: PrometheusServerOptions) {
    this.#options = options;
    this.startedMilliseconds = options.clock.now();
    this.#configMilliseconds = this.startedMilliseconds;
  }

  get config(): PrometheusConfig {
    return this.#config;
  }

  get pools(): readonly ScrapePool[] {
    return [...this.#pools.values()];
  }

  get lastConfig(): { isGood: boolean; milliseconds: number } {
    return {
      isGood: this.#isConfigGood,
      milliseconds: this.#configMilliseconds,
    };
  }

  start(): void {
    this.#ends.push(
      this.#options.discovery.watch(() =>
        this.#discoverAfter(DISCOVERY_DELAY_MILLISECONDS),
      ),
    );
    this.#repeat(DISCOVERY_INTERVAL_MILLISECONDS, () => this.#discover());
    this.#repeat(FORGET_INTERVAL_MILLISECONDS, () =>
      this.store.forgetOld(this.#options.clock.now()),
    );
  }

  /**
   * Takes a configuration over; one that is not understood is refused with a
   * line in the log, and the one before goes on.
   *
   * @returns whether it was taken
   */
  async load(text: string, file: string): Promise<boolean> {
    const { log, clock } = this.#options;
    log.info('Loading configuration file', { filename: file });
    let config: PrometheusConfig;
    try {
      config = parsePrometheusConfig(text);
    } catch (error) {
      if (!(error instanceof PrometheusConfigError)) {
        throw error;
      }
      this.#isConfigGood = false;
      log.error('Error reloading config', { err: error.message });
      return false;
    }
    for (const section of notRunBy(config)) {
      log.warn(
        'The embedded Prometheus does not run this part of the configuration',
        { section },
      );
    }
    const retention = config.storage?.tsdb?.retention?.time;
    this.store.keepFor(
      retention === undefined ? undefined : milliseconds(retention),
    );
    this.#config = config;
    this.#isConfigGood = true;
    this.#configMilliseconds = clock.now();
    await this.#exclusively(() => this.#replacePools());
    await this.#discover();
    log.info('Completed loading of configuration file', { filename: file });
    return true;
  }

  /** Resolves when nothing is scraped any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelDiscovery?.();
    this.#ends.forEach(end => end());
    await this.#exclusively(async () => {
      await Promise.all(this.pools.map(pool => pool.stop(false)));
      this.#pools.clear();
    });
  }

  async #replacePools(): Promise<void> {
    const kept = new Set<string>();
    for (const config of this.#config.scrape_configs) {
      const name = config.job_name;
      kept.add(name);
      const before = this.#pools.get(name);
      if (JSON.stringify(before?.config) !== JSON.stringify(config)) {
        this.#pools.set(name, this.#poolOf(config));
        await before?.stop(true);
      }
    }
    for (const [name, pool] of [...this.#pools]) {
      if (!kept.has(name)) {
        this.#pools.delete(name);
        await pool.stop(true);
      }
    }
  }

  #poolOf(config: ScrapeConfig): ScrapePool {
    const { clock, network, log } = this.#options;
    return new ScrapePool({
      config,
      store: this.store,
      network,
      clock,
      onInvalid: reason =>
        log.error('Creating target failed', {
          component: 'scrape manager',
          scrape_pool: config.job_name,
          err: reason,
        }),
    });
  }

  #discoverAfter(delayMilliseconds: number): void {
    if (!this.#cancelDiscovery && !this.#isStopped) {
      this.#cancelDiscovery = this.#options.clock.after(delayMilliseconds, () =>
        this.#discover(),
      );
    }
  }

  async #discover(): Promise<void> {
    this.#cancelDiscovery?.();
    this.#cancelDiscovery = undefined;
    try {
      await this.#exclusively(() => this.#syncTargets());
    } catch (error) {
      this.#options.log.error('Discovery failed', {
        component: 'discovery manager scrape',
        err: messageOf(error),
      });
    }
  }

  async #syncTargets(): Promise<void> {
    const complaints = new Set<string>();
    for (const pool of this.pools) {
      await pool.sync(this.#targetsOf(pool.config, complaints));
      // Others want to work while many targets are looked at.
      await setImmediate();
    }
    this.#complain(complaints);
    if (complaints.size > 0) {
      this.#discoverAfter(FORBIDDEN_RETRY_MILLISECONDS);
    }
  }

  #targetsOf(config: ScrapeConfig, complaints: Set<string>): TargetLabels[] {
    const targets: TargetLabels[] = [];
    for (const kubernetes of config.kubernetes_sd_configs) {
      const found = this.#options.discovery.discover(kubernetes);
      targets.push(...found.targets);
      found.forbidden.forEach(text => complaints.add(text));
    }
    for (const { targets: addresses, labels } of config.static_configs) {
      targets.push(
        ...addresses.map(address => ({ ...labels, __address__: address })),
      );
    }
    return targets;
  }

  /** Says each thing once, and again when it was right in between. */
  #complain(complaints: Set<string>): void {
    for (const text of complaints) {
      if (!this.#complaints.has(text)) {
        this.#options.log.error('Failed to watch', {
          component: 'k8s_client_runtime',
          err: text,
        });
      }
    }
    this.#complaints = complaints;
  }

  #repeat(intervalMilliseconds: number, action: () => void | Promise<void>) {
    let cancel = () => {};
    const next = () => {
      cancel = this.#options.clock.after(intervalMilliseconds, async () => {
        await action();
        if (!this.#isStopped) {
          next();
        }
      });
    };
    next();
    this.#ends.push(() => cancel());
  }

  /** One change of the targets after another. */
  #exclusively(action: () => Promise<void>): Promise<void> {
    const done = this.#syncing.then(action);
    this.#syncing = done.catch(() => {});
    return done;
  }
}
