import { networkReason } from './networkReason';

it('finds the reason under what wraps it', () => {
  const refused = new Error('connect ECONNREFUSED ::1:80');
  expect(
    networkReason(
      new TypeError('fetch failed', {
        cause: new AggregateError([refused, new Error('another')]),
      }),
    ),
  ).toBe('connect ECONNREFUSED ::1:80');
  expect(networkReason(new Error('plain'))).toBe('plain');
  expect(networkReason('a text')).toBe('a text');
});
