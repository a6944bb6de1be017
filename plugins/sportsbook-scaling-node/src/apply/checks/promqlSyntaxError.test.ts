import { scalingQuery } from '@sportsbook/plugin-sportsbook-scaling-common';
import { promqlSyntaxError } from './promqlSyntaxError';

describe('promqlSyntaxError', () => {
  it.each([
    scalingQuery({ namespace: 'betting', service: 'odds"api' }),
    'sum by (pod) (rate(x{a=~"b.*"}[5m] offset 1h)) / 2 > bool 1',
    'histogram_quantile(0.9, sum by (le) (rate(x_bucket[1m])))',
  ])('accepts %s', query => {
    expect(promqlSyntaxError(query)).toBeUndefined();
  });

  it.each([
    ['', 1, ''],
    ['sum(rate(x[30s])', 17, ''],
    ['sum(rate(x[30s])) extra', 19, 'extra'],
    ['rate(x{a=b}[1m])', 10, 'b}[1m])'],
  ])('finds the error of %j', (query, character, rest) => {
    expect(promqlSyntaxError(query)).toEqual({ character, rest });
  });
});
