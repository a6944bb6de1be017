import { ManualClock } from '../../__testUtils__/ManualClock';
import { parsePrometheusConfig } from '../config/parsePrometheusConfig';
import { SampleStore } from '../storage/SampleStore';
import { ScrapePool } from './ScrapePool';

const HEADERS = { 'Content-Type': 'text/plain; version=0.0.4' };

function setUp(settings = '') {
  const [config] = parsePrometheusConfig(
    `scrape_configs:
- job_name: api
  scrape_interval: 5s
  relabel_configs: [{source_labels: [__meta_drop], regex: "yes", action: drop}]
${settings}`,
  ).scrape_configs;
  const clock = new ManualClock(Date.UTC(2026, 10, 24));
  const asked: string[] = [];
  const invalid: string[] = [];
  const pool = new ScrapePool({
    config,
    clock,
    store: new SampleStore(),
    onInvalid: reason => invalid.push(reason),
    network: {
      fetch: async url => {
        asked.push(url);
        return new Response('a 1\n', { headers: HEADERS });
      },
    },
  });
  return { pool, clock, asked, invalid };
}

const at = (address: string, labels: Record<string, string> = {}) => ({
  __address__: address,
  ...labels,
});

describe('ScrapePool', () => {
  it('goes on with a target that is found again, and shows its new labels', async () => {
    const { pool, clock, asked } = setUp();
    await pool.sync([at('a:1', { __meta_ready: 'false' })]);
    await clock.advanceSettling(250);
    const [loop] = pool.loops;
    await pool.sync([at('a:1', { __meta_ready: 'true' })]);
    await clock.advanceSettling(250);
    expect(pool.loops).toEqual([loop]);
    expect(asked).toHaveLength(1);
    expect(loop.target.discoveredLabels.get('__meta_ready')).toBe('true');
    expect(loop.state.health).toBe('up');
    await pool.stop(false);
  });

  it('scrapes what is new, and no longer what is gone', async () => {
    const { pool, clock, asked } = setUp();
    await pool.sync([at('a:1')]);
    await clock.advanceSettling(250);
    await pool.sync([at('b:1')]);
    await clock.advanceSettling(20_000);
    expect(asked.filter(url => url === 'http://a:1/metrics')).toHaveLength(1);
    expect(
      asked.filter(url => url === 'http://b:1/metrics').length,
    ).toBeGreaterThan(3);
    await pool.stop(false);
  });

  it('scrapes once what is found twice', async () => {
    const { pool } = setUp();
    await pool.sync([at('a:1'), at('a:1', { __meta_other: 'x' })]);
    expect(pool.loops).toHaveLength(1);
    await pool.stop(false);
  });

  it('remembers what relabeling drops', async () => {
    const { pool } = setUp();
    await pool.sync([at('a:1', { __meta_drop: 'yes' })]);
    expect(pool.loops).toEqual([]);
    expect(pool.dropped.map(labels => labels.get('__address__'))).toEqual([
      'a:1',
    ]);
  });

  it('scrapes nothing when there are more targets than the limit, and says so', async () => {
    const { pool, invalid } = setUp('  target_limit: 1');
    await pool.sync([at('a:1'), at('b:1')]);
    expect(pool.loops).toEqual([]);
    expect(invalid).toEqual([
      'target_limit exceeded (number of targets: 2, limit: 1)',
    ]);
  });

  it('goes on without a target whose address is none', async () => {
    const { pool, invalid } = setUp();
    await pool.sync([at('a/b'), at('a:1')]);
    expect(pool.loops).toHaveLength(1);
    expect(invalid).toEqual(['"a/b" is not a valid hostname']);
    await pool.stop(false);
  });
});
