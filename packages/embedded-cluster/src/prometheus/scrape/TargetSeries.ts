import type { ScrapeConfig } from '../config/parsePrometheusConfig';
import { relabel, type Relabeling } from '../relabel/relabel';
import {
  describeLabels,
  labelsOf,
  METRIC_NAME,
  withLabels,
  type Labels,
} from '../storage/labels';
import type { SampleStore } from '../storage/SampleStore';
import { ScrapeError } from './fetchMetrics';
import type { ExposedSample } from './parseExposition';
import { parseSeriesText } from './parseSeriesText';

/** Numbers of one scrape, for the series that Prometheus adds to each target. */
export interface Ingested {
  samples: number;
  afterRelabeling: number;
  newSeries: number;
}

export interface TargetSeriesOptions {
  store: SampleStore;
  config: ScrapeConfig;
  metricRelabeling: Relabeling;
  /** The target's. */
  labels: Labels;
}

/** A sample that is to be stored. */
interface Accepted {
  labels: Labels;
  timeMilliseconds: number;
  value: number;
  hasOwnTime: boolean;
}

/**
 * The series that one target exposes: stores its samples, and notices which of
 * them it has stopped to expose.
 */
export class TargetSeries {
  readonly #options: TargetSeriesOptions;
  /** By their text in the exposition; undefined for those that relabeling drops. */
  #known = new Map<string, Labels | undefined>();
  /** Exposed by the last scrape without a time of their own. */
  #present = new Set<Labels>();

  constructor(options: TargetSeriesOptions) {
    this.#options = options;
  }

  /** @throws ExpositionError or ScrapeError, and nothing is stored */
  ingest(
    exposed: readonly ExposedSample[],
    scrapeTimeMilliseconds: number,
  ): Ingested {
    const accepted: Accepted[] = [];
    const known = new Map<string, Labels | undefined>();
    let newSeries = 0;
    let twice = 0;
    for (const { series, value, timeMilliseconds } of exposed) {
      if (known.has(series)) {
        // Twice in one scrape: the first is stored.
        twice += known.get(series) === undefined ? 0 : 1;
        continue;
      }
      const isKnown = this.#known.has(series);
      const labels = isKnown ? this.#known.get(series) : this.#labelsOf(series);
      known.set(series, labels);
      if (labels !== undefined) {
        newSeries += isKnown ? 0 : 1;
        const ownTime = this.#options.config.honor_timestamps
          ? timeMilliseconds
          : undefined;
        accepted.push({
          labels,
          timeMilliseconds: ownTime ?? scrapeTimeMilliseconds,
          value,
          hasOwnTime: ownTime !== undefined,
        });
      }
    }
    const limit = this.#options.config.sample_limit;
    if (limit > 0 && accepted.length > limit) {
      throw new ScrapeError('sample limit exceeded');
    }
    this.#store(accepted, scrapeTimeMilliseconds);
    this.#known = known;
    return {
      samples: exposed.length,
      afterRelabeling: accepted.length + twice,
      newSeries,
    };
  }

  /**
   * Marks all series as ended: the target did not answer, or is gone.
   *
   * @param unlessAfterMilliseconds - series with a newer sample belong to
   * somebody else by now
   */
  endAll(timeMilliseconds: number, unlessAfterMilliseconds = Infinity): void {
    for (const labels of this.#present) {
      const series = this.#options.store.seriesOf(labels);
      if (series.lastTime <= unlessAfterMilliseconds) {
        series.end(timeMilliseconds);
      }
    }
    this.#present = new Set();
  }

  #store(accepted: readonly Accepted[], scrapeTimeMilliseconds: number): void {
    const { store } = this.#options;
    const present = new Set<Labels>();
    for (const { labels, timeMilliseconds, value, hasOwnTime } of accepted) {
      store.seriesOf(labels).append(timeMilliseconds, value);
      if (!hasOwnTime) {
        present.add(labels);
      }
    }
    for (const labels of this.#present) {
      if (!present.has(labels)) {
        store.seriesOf(labels).end(scrapeTimeMilliseconds);
      }
    }
    this.#present = present;
  }

  #labelsOf(text: string): Labels | undefined {
    const { config, metricRelabeling, labels: target } = this.#options;
    const exposed = parseSeriesText(text);
    const merged = config.honor_labels
      ? labelsOf([...target, ...exposed])
      : withTargetLabels(exposed, target);
    const labels = relabel(merged, metricRelabeling);
    if (labels === undefined || !labels.has(METRIC_NAME)) {
      return undefined;
    }
    this.#checkLimits(labels);
    return labels;
  }

  #checkLimits(labels: Labels): void {
    const { config } = this.#options;
    const refuse = (limit: string, what: string) =>
      new ScrapeError(
        `${limit} exceeded (metric: ${describeLabels(labels)}, ${what})`,
      );
    if (config.label_limit > 0 && labels.size > config.label_limit) {
      throw refuse(
        'label_limit',
        `number of labels: ${labels.size}, limit: ${config.label_limit}`,
      );
    }
    for (const [name, value] of labels) {
      const nameLimit = config.label_name_length_limit;
      if (nameLimit > 0 && name.length > nameLimit) {
        throw refuse(
          'label_name_length_limit',
          `label name: ${name}, length: ${name.length}, limit: ${nameLimit}`,
        );
      }
      const valueLimit = config.label_value_length_limit;
      if (valueLimit > 0 && value.length > valueLimit) {
        throw refuse(
          'label_value_length_limit',
          `label name: ${name}, value: "${value}", length: ${value.length}, limit: ${valueLimit}`,
        );
      }
    }
  }
}

/** What the target's series call like one of the target's labels becomes `exported_...`. */
function withTargetLabels(exposed: Labels, target: Labels): Labels {
  const merged = new Map(exposed);
  for (const [name, value] of target) {
    const conflicting = exposed.get(name);
    merged.set(name, value);
    if (conflicting !== undefined) {
      let exported = `exported_${name}`;
      while (exposed.has(exported) || target.has(exported)) {
        exported = `exported_${exported}`;
      }
      merged.set(exported, conflicting);
    }
  }
  return labelsOf(merged);
}

/** Stores what Prometheus itself says about a target. */
export function storeReport(
  store: SampleStore,
  target: Labels,
  timeMilliseconds: number,
  report: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(report)) {
    store
      .seriesOf(withLabels(target, { [METRIC_NAME]: name }))
      .append(timeMilliseconds, value);
  }
}
