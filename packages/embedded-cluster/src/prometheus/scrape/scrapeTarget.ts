import { parseDuration } from '../config/duration';
import type { ScrapeConfig } from '../config/parsePrometheusConfig';
import { ADDRESS_LABEL, type TargetLabels } from '../discovery/metaLabels';
import { relabel, type Relabeling } from '../relabel/relabel';
import {
  keepLabels,
  labelsKey,
  labelsOf,
  withLabels,
  type Labels,
} from '../storage/labels';

/** Something that is scraped. */
export interface ScrapeTarget {
  /** Equal for targets that are the same; a target that stays is not scraped anew. */
  key: string;
  discoveredLabels: Labels;
  /** Of its series. */
  labels: Labels;
  url: string;
  intervalMilliseconds: number;
  timeoutMilliseconds: number;
}

export type TargetOutcome =
  | { status: 'active'; target: ScrapeTarget }
  | { status: 'dropped'; discoveredLabels: Labels }
  /** It cannot be scraped as it is. */
  | { status: 'invalid'; reason: string };

function startingLabels(config: ScrapeConfig, found: TargetLabels): Labels {
  const parameters = Object.entries(config.params ?? {}).map(
    ([name, [first = '']]) => [`__param_${name}`, first],
  );
  return labelsOf({
    job: config.job_name,
    __scrape_interval__: config.scrape_interval,
    __scrape_timeout__: config.scrape_timeout,
    __metrics_path__: config.metrics_path,
    __scheme__: config.scheme,
    __scrape_native_histograms__: String(config.scrape_native_histograms),
    __always_scrape_classic_histograms__: String(
      config.always_scrape_classic_histograms,
    ),
    __convert_classic_histograms_to_nhcb__: String(
      config.convert_classic_histograms_to_nhcb,
    ),
    ...Object.fromEntries(parameters),
    ...found,
  });
}

function urlOf(labels: Labels, config: ScrapeConfig): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of labels) {
    if (name.startsWith('__param_')) {
      parameters.append(name.slice('__param_'.length), value);
    }
  }
  for (const [name, values] of Object.entries(config.params ?? {})) {
    values.slice(1).forEach(value => parameters.append(name, value));
  }
  parameters.sort();
  const query = parameters.toString();
  const path = labels.get('__metrics_path__') ?? '';
  const address = labels.get(ADDRESS_LABEL) ?? '';
  return `${labels.get('__scheme__') ?? 'http'}://${address}${
    path.startsWith('/') ? path : `/${path}`
  }${query === '' ? '' : `?${query}`}`;
}

/** Makes a target of what discovery found: relabeling decides whether, and under which labels. */
export function scrapeTarget(
  config: ScrapeConfig,
  relabeling: Relabeling,
  found: TargetLabels,
): TargetOutcome {
  const discoveredLabels = startingLabels(config, found);
  const relabeled = relabel(discoveredLabels, relabeling);
  if (relabeled === undefined) {
    return { status: 'dropped', discoveredLabels };
  }
  const address = relabeled.get(ADDRESS_LABEL);
  if (address === undefined) {
    return { status: 'dropped', discoveredLabels };
  }
  if (address.includes('/')) {
    return {
      status: 'invalid',
      reason: `"${address}" is not a valid hostname`,
    };
  }
  const url = urlOf(relabeled, config);
  const intervalMilliseconds = parseDuration(
    relabeled.get('__scrape_interval__') ?? '',
  );
  const timeoutMilliseconds = parseDuration(
    relabeled.get('__scrape_timeout__') ?? '',
  );
  if (!URL.canParse(url)) {
    return { status: 'invalid', reason: `"${url}" is no address to scrape` };
  }
  if (
    !intervalMilliseconds ||
    !timeoutMilliseconds ||
    timeoutMilliseconds > intervalMilliseconds
  ) {
    return {
      status: 'invalid',
      reason:
        'scrape interval and timeout must be above 0, and the timeout not above the interval',
    };
  }
  const lasting = keepLabels(
    relabeled,
    name => !name.startsWith('__meta_') && !name.startsWith('__tmp'),
  );
  const publicLabels = keepLabels(lasting, name => !name.startsWith('__'));
  const labels = publicLabels.has('instance')
    ? publicLabels
    : withLabels(publicLabels, { instance: address });
  return {
    status: 'active',
    target: {
      key: `${labelsKey(lasting)}${url}`,
      discoveredLabels,
      labels,
      url,
      intervalMilliseconds,
      timeoutMilliseconds,
    },
  };
}
