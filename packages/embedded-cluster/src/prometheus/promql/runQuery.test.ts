import { labelsOf } from '../storage/labels';
import { SampleStore } from '../storage/SampleStore';
import { parsePromql } from './parsePromql';
import { PromqlTimeoutError } from './PromqlError';
import { queryInstant, queryRange } from './runQuery';

function environment() {
  const store = new SampleStore();
  const series = store.seriesOf(labelsOf({ __name__: 'a', pod: 'x' }));
  for (let second = 0; second <= 600; second += 5) {
    series.append(second * 1000, second);
  }
  return { store, evaluationIntervalMilliseconds: 60_000 };
}

describe('queryRange', () => {
  it('ends when nobody waits for the answer any more', async () => {
    await expect(
      queryRange(
        environment(),
        'a',
        { start: 0, end: 600_000, step: 1000 },
        AbortSignal.abort(),
      ),
    ).rejects.toThrow(PromqlTimeoutError);
  });

  it('lets others work while it takes long', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    await queryRange(
      environment(),
      'max_over_time(sum_over_time(a[5m:1s])[9m:7s])',
      { start: 0, end: 600_000, step: 300 },
      new AbortController().signal,
    );
    clearInterval(others);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('queryInstant', () => {
  it.each(['a[200y:1ms]', 'count_over_time(vector(1)[1h:1ms])'])(
    'refuses %s before it takes any time or memory',
    query => {
      expect(() => queryInstant(environment(), query, 600_000)).toThrow(
        'query processing would load too many samples into memory in query execution',
      );
    },
  );

  it('does not see a series that has ended, and sees it again when it goes on', () => {
    const { store, ...rest } = environment();
    const series = store.seriesOf(labelsOf({ __name__: 'a', pod: 'x' }));
    series.end(602_000);
    const count = (time: number) => {
      const { result } = queryInstant({ store, ...rest }, 'a', time);
      return result.type === 'vector' ? result.samples.length : undefined;
    };
    expect([count(601_000), count(602_000), count(605_000)]).toEqual([1, 0, 0]);
    series.append(606_000, 7);
    expect([count(605_000), count(606_000)]).toEqual([0, 1]);
  });

  it('does not see a sample that is five minutes old', () => {
    const count = (time: number) => {
      const { result } = queryInstant(environment(), 'a', time);
      return result.type === 'vector' ? result.samples.length : undefined;
    };
    expect([count(899_999), count(900_000)]).toEqual([1, 0]);
  });
});

describe('parsePromql', () => {
  // As Prometheus 3.13.1 answers.
  it.each([
    ['up[300y]', '1:4: parse error: duration out of range'],
    ['up offset 300y', '1:11: parse error: duration out of range'],
    ['up offset -300y', '1:12: parse error: duration out of range'],
    ['up offset -9223372037', '1:11: parse error: duration out of range'],
    ['up[9223372037]', '1:4: parse error: duration out of range'],
    [
      'sum_over_time(vector(1)[1h:300y])',
      '1:28: parse error: duration out of range',
    ],
    ['up[0]', '1:4: parse error: duration must be greater than 0'],
    [
      'up @ Inf',
      '1:1: parse error: timestamp out of bounds for @ modifier: +Inf',
    ],
    [
      'up @ 1e300',
      `1:1: parse error: timestamp out of bounds for @ modifier: ${BigInt(
        1e300,
      )}.000000`,
    ],
  ])('refuses %j as a real one does', (query, message) => {
    expect(() => parsePromql(query)).toThrow(message);
  });

  it.each(['up[292y]', 'up[9223372036]', 'up offset 9223372036'])(
    'takes %j, the longest that there is',
    query => {
      expect(() => parsePromql(query)).not.toThrow();
    },
  );

  it.each([
    ['a[1m+30s]', '1:3: parse error: experimental duration expression'],
    ['rate(a[1m] anchored)', '1:6: parse error: anchored and smoothed'],
    ['a + fill(0) b', '1:5: parse error: fill(0) is experimental'],
    ['a </ 1', '1:3: parse error: operator </ works on native histograms'],
    ['1 +\n nothing_such(a)', '2:2: parse error: unknown function'],
  ])('says where and why it refuses %j', (query, message) => {
    expect(() => parsePromql(query)).toThrow(message);
  });
});
