import { labelsOf } from '../storage/labels';
import { SampleStore } from '../storage/SampleStore';
import { Evaluator } from './Evaluator';
import { parsePromql } from './parsePromql';
import { PromqlTimeoutError } from './PromqlError';
import { MAX_TURN_MILLISECONDS, QueryScope } from './QueryScope';

const TIME = 60_000;

function storeOf(series: number): SampleStore {
  const store = new SampleStore();
  for (let index = 0; index < series; index++) {
    const one = store.seriesOf(
      labelsOf({ __name__: 'a_total', pod: String(index) }),
    );
    one.append(TIME - 5000, 1);
    one.append(TIME, 2);
  }
  return store;
}

/** Evaluates with a clock on which each look takes a while, once everything has been read. */
function evaluate(
  query: string,
  options: { series: number; millisecondsPerLook: number },
) {
  let now = 0;
  let perLook = 0;
  const expression = parsePromql(query);
  const scope = new QueryScope(
    {
      query,
      store: storeOf(options.series),
      start: TIME,
      end: TIME,
      isRangeQuery: false,
      evaluationIntervalMilliseconds: 60_000,
      elapsed: () => {
        now += perLook;
        return now;
      },
    },
    expression,
  );
  perLook = options.millisecondsPerLook;
  return new Evaluator(scope).evaluate(expression, TIME);
}

describe('Evaluator', () => {
  it.each([
    ['a_total', 400],
    ['rate(a_total[1m])', 400],
    ['sum by (pod) (a_total)', 400],
    ['max_over_time(vector(1)[5m:1s])', 1],
    [`${'-'.repeat(400)}a_total`, 1],
  ])(
    'ends %s of %d series in the middle when it takes too long',
    (query, series) => {
      const slow = MAX_TURN_MILLISECONDS / 10;
      expect(() =>
        evaluate(query, { series, millisecondsPerLook: slow }),
      ).toThrow(
        new PromqlTimeoutError('query timed out in expression evaluation'),
      );
    },
  );

  it('lets a query be that takes as long as it may', () => {
    const value = evaluate('a_total', { series: 400, millisecondsPerLook: 1 });
    expect(value).toMatchObject({ type: 'vector', samples: { length: 400 } });
  });
});
