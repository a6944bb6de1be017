import { ManualClock } from '../../__testUtils__/ManualClock';
import { parsePrometheusConfig } from '../config/parsePrometheusConfig';
import { queryInstant } from '../promql/runQuery';
import { prepareRelabeling } from '../relabel/relabel';
import { SampleStore } from '../storage/SampleStore';
import { ScrapeLoop } from './ScrapeLoop';
import { scrapeTarget } from './scrapeTarget';

const START = Date.UTC(2026, 10, 24);
const TEXT = { 'Content-Type': 'text/plain; version=0.0.4' };

/** What a target answers, which a test may change. */
type Answer = (init: RequestInit) => Promise<Response>;

function exposing(
  text: string,
  headers: Record<string, string> = TEXT,
): Answer {
  return async () => new Response(text, { headers });
}

function setUp(settings = '', discovered: Record<string, string> = {}) {
  const clock = new ManualClock(START);
  const store = new SampleStore();
  const [config] = parsePrometheusConfig(
    `scrape_configs:
- job_name: api
  scrape_interval: 5s
  scrape_timeout: 3s
${settings}`,
  ).scrape_configs;
  const found = (labels: Record<string, string>) => {
    const outcome = scrapeTarget(config, [], {
      __address__: '10.42.0.7:8080',
      ...labels,
    });
    if (outcome.status !== 'active') {
      throw new Error('the target is active');
    }
    return outcome.target;
  };
  const asked: RequestInit[] = [];
  let answer: Answer = exposing('');
  const loop = new ScrapeLoop({
    target: found(discovered),
    config,
    metricRelabeling: prepareRelabeling(config.metric_relabel_configs),
    store,
    clock,
    network: {
      fetch: (_, init = {}) => {
        asked.push(init);
        return answer(init);
      },
    },
  });
  return {
    clock,
    loop,
    found,
    asked,
    store,
    expose: (next: Answer) => {
      answer = next;
    },
    /** Values of an instant query now, by the labels that are asked for. */
    values: (query: string, label = '__name__') => {
      const { result } = queryInstant(
        { store, evaluationIntervalMilliseconds: 60_000 },
        query,
        clock.now(),
      );
      return result.type === 'vector'
        ? Object.fromEntries(
            result.samples.map(({ labels, value }) => [
              labels.get(label) ?? '',
              value,
            ]),
          )
        : {};
    },
  };
}

describe('ScrapeLoop', () => {
  it('scrapes a new target at once, and then at even distances', async () => {
    const { clock, loop, asked, store, expose } = setUp();
    expose(exposing('a 1\n'));
    loop.start();
    await clock.advanceSettling(250);
    expect(asked).toHaveLength(1);
    await clock.advanceSettling(30_000);
    expect(asked).toHaveLength(7);
    const [series] = store.select([], START, START + 60_000);
    const { times } = series.read(0, Infinity);
    const distances = [...times.slice(2)].map((time, i) => time - times[i + 1]);
    expect(new Set(distances)).toEqual(new Set([5000]));
    await loop.stop(false);
  });

  const READY = '__meta_kubernetes_endpointslice_endpoint_conditions_ready';

  it('scrapes a new target that is not ready at its place, and at once when it becomes ready', async () => {
    const { clock, loop, found, asked, values, expose } = setUp('', {
      [READY]: 'false',
    });
    expose(exposing('a 1\n'));
    loop.start();
    await clock.advanceSettling(250);
    expect(asked).toHaveLength(0);
    loop.rediscover(found({ [READY]: 'true' }));
    await clock.advanceSettling(250);
    expect(asked).toHaveLength(1);
    expect(values('up')).toEqual({ up: 1 });
    await clock.advanceSettling(30_000);
    expect(asked).toHaveLength(7);
    await loop.stop(false);
  });

  it('scrapes a target that does not become ready all the same', async () => {
    const { clock, loop, asked } = setUp('', { [READY]: 'false' });
    loop.start();
    await clock.advanceSettling(5000);
    expect(asked).toHaveLength(1);
    await loop.stop(false);
  });

  it('does not hurry for a target that has answered before', async () => {
    const { clock, loop, found, asked, expose } = setUp();
    expose(exposing('a 1\n'));
    loop.start();
    await clock.advanceSettling(250);
    loop.rediscover(found({ [READY]: 'false' }));
    loop.rediscover(found({ [READY]: 'true' }));
    await clock.advanceSettling(4500);
    expect(asked.length).toBeLessThanOrEqual(2);
    await loop.stop(false);
  });

  it('adds what it knows of the scrape itself', async () => {
    const { clock, loop, expose, values } = setUp(
      `  metric_relabel_configs: [{source_labels: [__name__], regex: b, action: drop}]`,
    );
    expose(exposing('a 1\nb 2\na{x="y"} 3\n'));
    loop.start();
    await clock.advanceSettling(250);
    expect(values('{job="api",instance="10.42.0.7:8080"}')).toEqual({
      a: 3,
      up: 1,
      scrape_duration_seconds: expect.any(Number),
      scrape_samples_scraped: 3,
      scrape_samples_post_metric_relabeling: 2,
      scrape_series_added: 2,
    });
    await clock.advanceSettling(5000);
    expect(values('scrape_series_added')).toEqual({ scrape_series_added: 0 });
    await loop.stop(false);
  });

  it('ends a series that the target no longer exposes', async () => {
    const { clock, loop, expose, values } = setUp();
    expose(exposing('a{n="1"} 1\na{n="2"} 2\n'));
    loop.start();
    await clock.advanceSettling(250);
    expect(values('a', 'n')).toEqual({ 1: 1, 2: 2 });
    expose(exposing('a{n="2"} 3\n'));
    await clock.advanceSettling(5000);
    expect(values('a', 'n')).toEqual({ 2: 3 });
    await loop.stop(false);
  });

  it('ends all series of a target that fails, and goes on when it answers again', async () => {
    const { clock, loop, expose, values } = setUp();
    expose(exposing('a 1\n'));
    loop.start();
    await clock.advanceSettling(250);
    expose(async () => new Response('no', { status: 503 }));
    await clock.advanceSettling(5000);
    expect(values('a')).toEqual({});
    expect(values('up')).toEqual({ up: 0 });
    expect(loop.state).toMatchObject({
      health: 'down',
      lastError: 'server returned HTTP status 503 Service Unavailable',
    });
    expose(exposing('a 2\n'));
    await clock.advanceSettling(5000);
    expect(values('a')).toEqual({ a: 2 });
    expect(values('scrape_series_added')).toEqual({ scrape_series_added: 0 });
    expect(loop.state).toMatchObject({ health: 'up', lastError: '' });
    await loop.stop(false);
  });

  it('ends the series of a target that is gone two intervals later', async () => {
    const { clock, loop, expose, values } = setUp();
    expose(exposing('a 1\n'));
    loop.start();
    await clock.advanceSettling(250);
    await loop.stop(true);
    await clock.advanceSettling(8000);
    expect(values('{job="api"}')).toMatchObject({ a: 1, up: 1 });
    await clock.advanceSettling(3000);
    expect(values('{job="api"}')).toEqual({});
  });

  it('gives up when the target’s time is over', async () => {
    const { clock, loop, expose } = setUp();
    expose(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    loop.start();
    await clock.advanceSettling(3300);
    expect(loop.state.lastError).toBe(
      'Get "http://10.42.0.7:8080/metrics": context deadline exceeded',
    );
    await loop.stop(false);
  });

  it('asks for the formats that the configuration wishes, in their order', async () => {
    const { clock, loop, asked } = setUp(
      '  scrape_protocols: [OpenMetricsText1.0.0, PrometheusText0.0.4]',
    );
    loop.start();
    await clock.advanceSettling(250);
    expect(new Headers(asked[0].headers).get('accept')).toBe(
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
    );
    await loop.stop(false);
  });

  it.each([
    [
      'no content type',
      async () => {
        const response = new Response('a 1\n');
        response.headers.delete('content-type');
        return response;
      },
      'non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target',
    ],
    [
      'a page',
      exposing('<html>', { 'Content-Type': 'text/html' }),
      'received unsupported Content-Type "text/html" and no fallback_scrape_protocol specified for target',
    ],
    [
      'no metrics',
      exposing('what?\n'),
      'expected a value after the metric while parsing: "what?"',
    ],
    [
      'a name that nobody has',
      async () => {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
        });
      },
      'Get "http://10.42.0.7:8080/metrics": dial tcp: lookup 10.42.0.7: no such host',
    ],
  ] satisfies [string, Answer, string][])(
    'says what is wrong with %s',
    async (_, answer, reason) => {
      const { clock, loop, expose } = setUp();
      expose(answer);
      loop.start();
      await clock.advanceSettling(250);
      expect(loop.state).toMatchObject({ health: 'down', lastError: reason });
      await loop.stop(false);
    },
  );

  it('stores nothing of a scrape with more samples than the limit', async () => {
    const { clock, loop, expose, values } = setUp('  sample_limit: 1');
    expose(exposing('a 1\nb 2\n'));
    loop.start();
    await clock.advanceSettling(250);
    expect(loop.state.lastError).toBe('sample limit exceeded');
    expect(values('{__name__=~"a|b"}')).toEqual({});
    await loop.stop(false);
  });

  it('keeps the target’s labels before the exposed ones, unless it is told to honor those', async () => {
    const own = setUp();
    own.expose(exposing('a{job="mine",exported_job="too"} 1\n'));
    own.loop.start();
    await own.clock.advanceSettling(250);
    expect(own.values('a', 'job')).toEqual({ api: 1 });
    expect(own.values('a', 'exported_exported_job')).toEqual({ mine: 1 });
    await own.loop.stop(false);

    const honored = setUp('  honor_labels: true');
    honored.expose(exposing('a{job="mine"} 1\n'));
    honored.loop.start();
    await honored.clock.advanceSettling(250);
    expect(honored.values('a', 'job')).toEqual({ mine: 1 });
    await honored.loop.stop(false);
  });

  it('honors a sample’s own time, and never ends its series', async () => {
    const { clock, loop, expose, values, store } = setUp();
    expose(exposing(`a 1 ${START - 1000}\n`));
    loop.start();
    await clock.advanceSettling(250);
    expose(exposing('b 1\n'));
    await clock.advanceSettling(5000);
    expect(values('a')).toEqual({ a: 1 });
    expect(store.select([])[0].firstTime).toBe(START - 1000);
    await loop.stop(false);
  });
});
