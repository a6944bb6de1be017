import {
  PrometheusClient,
  RangeSeries,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { PrometheusSources } from './PrometheusSources';

const { signal } = new AbortController();

function prometheus(values: number[], series: RangeSeries[] = []) {
  const client: PrometheusClient = {
    address: 'http://prometheus.betting.svc:9090',
    query: async () => values.map(value => ({ labels: {}, at: 1, value })),
    queryRange: async () => series,
    targets: async () => [],
  };
  return new PrometheusSources(client);
}

const series = { labels: {}, points: [{ at: 1, value: 1 }] };

describe('the rate', () => {
  it('is the one value of the query, zero included', async () => {
    expect(await prometheus([0]).requestsPerSecond('q', signal)).toEqual({
      ok: true,
      value: 0,
    });
  });

  it.each([
    ['no series', [], 'absent', 'no series'],
    ['a value that is no number', [NaN], 'absent', 'NaN'],
    ['an infinite value', [Infinity], 'absent', 'Infinity'],
    ['several series', [1, 2], 'failed', '2 series'],
  ])('is not known of %s', async (_, values, failure, words) => {
    expect(await prometheus(values).requestsPerSecond('q', signal)).toEqual({
      ok: false,
      failure,
      message: expect.stringContaining(words),
    });
  });
});

describe('the history', () => {
  it('is not drawn from several series, of which KEDA takes none', async () => {
    expect(
      await prometheus([], [series, series]).history(
        { requestsPerSecond: 'q', replicas: 'r' },
        3_600,
        signal,
      ),
    ).toMatchObject({ ok: false, failure: 'failed' });
  });

  it('spans the 30 minutes before the last whole step', async () => {
    expect(
      await prometheus([]).history(
        { requestsPerSecond: 'q', replicas: 'r' },
        3_607.5,
        signal,
      ),
    ).toMatchObject({
      ok: true,
      value: { from: 1_800, to: 3_600, stepSeconds: 15 },
    });
  });
});
