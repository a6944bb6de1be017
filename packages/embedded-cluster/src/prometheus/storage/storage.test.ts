import fc from 'fast-check';
import { labelsOf } from './labels';
import { labelMatcher } from './LabelMatcher';
import { packTimes } from './packNumbers';
import { SampleChunk } from './SampleChunk';
import { SampleStore } from './SampleStore';
import { StoredSeries } from './StoredSeries';

const NO_LABELS = labelsOf({});

function seriesOf(samples: readonly (readonly [number, number])[]) {
  const series = new StoredSeries(NO_LABELS);
  for (const [time, value] of samples) {
    series.append(time, value);
  }
  return series;
}

function readAll(series: StoredSeries): [number, number][] {
  const { times, values } = series.read(-Infinity, Infinity);
  return Array.from(times, (time, index) => [time, values[index]]);
}

describe('SampleChunk', () => {
  const anyValue = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 2 ** 53, 1e300),
  );

  it('gives back every time and value, bit by bit, however it packs them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 100_000 }), anyValue), {
          minLength: 2,
          maxLength: 120,
        }),
        fc.integer({ min: 0, max: 2_000_000_000_000 }),
        (steps, start) => {
          let time = start;
          const times = Float64Array.from(steps, ([step]) => (time += step));
          const values = Float64Array.from(steps, ([, value]) => value);
          const chunk = new SampleChunk(packTimes(times), values);
          const places = [...times.keys()];
          expect(places.map(index => chunk.time(index))).toEqual([...times]);
          expect(places.map(index => chunk.value(index))).toEqual([...values]);
        },
      ),
    );
  });

  it.each([
    ['a constant', () => 42.5],
    ['a counter', (index: number) => index * 300],
    ['small whole numbers', (index: number) => index % 7],
    ['large whole numbers', (index: number) => 5e9 + index],
    ['a negative zero among zeros', (index: number) => (index === 3 ? -0 : 0)],
    ['falling', (index: number) => -index],
  ])('gives back %s at even distances', (_, value) => {
    const times = Float64Array.from({ length: 120 }, (__, i) => 7 + i * 5000);
    const values = Float64Array.from({ length: 120 }, (__, i) => value(i));
    const chunk = new SampleChunk(packTimes(times), values);
    expect(
      Array.from({ length: 120 }, (__, i) => [chunk.time(i), chunk.value(i)]),
    ).toEqual(Array.from(times, (time, i) => [time, values[i]]));
  });
});

describe('StoredSeries', () => {
  it('keeps samples over many chunks and reads a window of them', () => {
    const samples = Array.from(
      { length: 1000 },
      (_, index) => [index * 10, index / 3] as [number, number],
    );
    const series = seriesOf(samples);
    expect(readAll(series)).toEqual(samples);
    const { times } = series.read(1195, 1230);
    expect([...times]).toEqual([1200, 1210, 1220, 1230]);
    expect(series.sampleCount).toBe(1000);
  });

  it('drops samples that do not come after the newest', () => {
    const series = seriesOf([
      [10, 1],
      [10, 2],
      [5, 3],
      [11, 4],
    ]);
    expect(readAll(series)).toEqual([
      [10, 1],
      [11, 4],
    ]);
  });

  it('remembers where it ended, beside its samples', () => {
    const series = seriesOf([[10, 1]]);
    series.end(15);
    series.append(20, 2);
    expect(series.read(0, 30).ends).toEqual([15]);
    expect(series.read(16, 30).ends).toEqual([]);
    expect(readAll(series)).toEqual([
      [10, 1],
      [20, 2],
    ]);
  });

  it('forgets whole chunks that are too old', () => {
    const series = seriesOf(
      Array.from({ length: 300 }, (_, index) => [index, index]),
    );
    series.forgetBefore(130);
    expect(series.firstTime).toBe(120);
    series.forgetBefore(1000);
    expect(series.sampleCount).toBe(0);
  });
});

describe('SampleStore', () => {
  it('finds series by any kind of matcher, in the order of their labels', () => {
    const store = new SampleStore();
    for (const pod of ['b', 'a', 'c']) {
      store
        .seriesOf(
          labelsOf({ __name__: 'up', pod, extra: pod === 'c' ? 'x' : '' }),
        )
        .append(1000, 1);
    }
    const podsOf = (...matchers: Parameters<typeof labelMatcher>[]) =>
      store
        .select(matchers.map(matcher => labelMatcher(...matcher)))
        .map(({ labels }) => labels.get('pod'));
    expect(podsOf(['__name__', '=', 'up'])).toEqual(['c', 'a', 'b']);
    expect(podsOf(['pod', '=', 'b'])).toEqual(['b']);
    expect(podsOf(['pod', '!=', 'b'], ['extra', '=', ''])).toEqual(['a']);
    expect(podsOf(['pod', '=~', 'a|b'])).toEqual(['a', 'b']);
    expect(podsOf(['pod', '!~', '[ab]'])).toEqual(['c']);
    expect(podsOf(['pod', '=', 'd'])).toEqual([]);
  });

  it('keeps samples for the retention, and no longer than two hours', () => {
    const store = new SampleStore();
    store.keepFor(24 * 60 * 60 * 1000);
    expect(store.retentionMilliseconds).toBe(2 * 60 * 60 * 1000);
    store.keepFor(60_000);
    store.seriesOf(labelsOf({ a: 'old' })).append(0, 1);
    store.seriesOf(labelsOf({ a: 'new' })).append(100_000, 1);
    store.forgetOld(120_000);
    expect(store.select([]).map(({ labels }) => labels.get('a'))).toEqual([
      'new',
    ]);
    expect(store.select([labelMatcher('a', '=', 'old')])).toEqual([]);
  });

  it('drops the oldest samples when there are too many', () => {
    const store = new SampleStore({ maxSamples: 1000 });
    const series = store.seriesOf(labelsOf({ a: 'b' }));
    for (let time = 0; time < 7_000_000; time += 5000) {
      series.append(time, time);
    }
    store.forgetOld(7_000_000);
    expect(store.sampleCount).toBeLessThanOrEqual(1000);
    expect(series.lastTime).toBe(6_995_000);
  });
});
