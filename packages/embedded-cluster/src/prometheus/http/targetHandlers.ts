import { formatDuration } from '../config/duration';
import type { ScrapeLoop } from '../scrape/ScrapeLoop';
import type { ScrapePool } from '../scrape/ScrapePool';
import { limitParameter } from './parameters';
import { success, type ApiHandler } from './ApiHandler';

const NEVER = '0001-01-01T00:00:00Z';

function activeTarget(
  { config }: ScrapePool,
  { target, state }: ScrapeLoop,
): Record<string, unknown> {
  return {
    discoveredLabels: Object.fromEntries(target.discoveredLabels),
    labels: Object.fromEntries(target.labels),
    scrapePool: config.job_name,
    scrapeUrl: target.url,
    globalUrl: target.url,
    lastError: state.lastError,
    lastScrape:
      state.lastScrapeMilliseconds === undefined
        ? NEVER
        : new Date(state.lastScrapeMilliseconds).toISOString(),
    lastScrapeDuration: state.lastDurationSeconds,
    health: state.health,
    scrapeInterval: formatDuration(target.intervalMilliseconds),
    scrapeTimeout: formatDuration(target.timeoutMilliseconds),
  };
}

function byName(a: ScrapePool, b: ScrapePool): number {
  return a.config.job_name < b.config.job_name ? -1 : 1;
}

/** `/api/v1/targets` */
export const targetsHandler: ApiHandler = ({ server }, parameters) => {
  const state = (parameters.get('state') ?? '').toLowerCase();
  const wanted = parameters.get('scrapePool') ?? '';
  const pools = server.pools
    .filter(({ config }) => wanted === '' || config.job_name === wanted)
    .sort(byName);
  const showsAll = !['active', 'dropped'].includes(state);
  const showsDropped = showsAll || state === 'dropped';
  const activeTargets =
    showsAll || state === 'active'
      ? pools.flatMap(pool => pool.loops.map(loop => activeTarget(pool, loop)))
      : [];
  const droppedTargets = showsDropped
    ? pools.flatMap(pool =>
        pool.dropped.map(labels => ({
          discoveredLabels: Object.fromEntries(labels),
          scrapePool: pool.config.job_name,
        })),
      )
    : [];
  return success({
    activeTargets,
    droppedTargets,
    droppedTargetCounts: showsDropped
      ? Object.fromEntries(
          pools.map(({ config, dropped }) => [config.job_name, dropped.length]),
        )
      : null,
  });
};

/** `/api/v1/scrape_pools` */
export const scrapePoolsHandler: ApiHandler = ({ server }) =>
  success({
    scrapePools: server.pools.map(({ config }) => config.job_name).sort(),
  });

/** `/api/v1/metadata`: what targets say about their metrics. */
export const metadataHandler: ApiHandler = ({ server }, parameters) => {
  const wanted = parameters.get('metric') ?? '';
  const limit = limitParameter(parameters);
  const known = new Map<string, Map<string, unknown>>();
  for (const pool of server.pools) {
    for (const { state } of pool.loops) {
      for (const [name, metadata] of state.metadata) {
        if (wanted === '' || wanted === name) {
          const variants = known.get(name) ?? new Map<string, unknown>();
          known.set(name, variants);
          variants.set(JSON.stringify(metadata), metadata);
        }
      }
    }
  }
  return success(
    Object.fromEntries(
      [...known]
        .slice(0, limit)
        .map(([name, variants]) => [name, [...variants.values()]]),
    ),
  );
};
