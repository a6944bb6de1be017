import { retryAfterSeconds } from './retryAfter';
import { warningTexts } from './warningHeaders';

it('reads joined warnings, also those that hold commas and quotes', () => {
  expect(
    warningTexts(
      '299 - "v1 Endpoints is deprecated, use \\"EndpointSlice\\"", 299 - "second"',
    ),
  ).toEqual(['v1 Endpoints is deprecated, use "EndpointSlice"', 'second']);
  expect(warningTexts(null)).toEqual([]);
});

it('reads both forms of Retry-After', () => {
  const now = Date.parse('Tue, 24 Nov 2026 07:00:00 GMT');
  expect(retryAfterSeconds('5', now)).toBe(5);
  expect(retryAfterSeconds('Tue, 24 Nov 2026 07:00:09 GMT', now)).toBe(9);
  expect(retryAfterSeconds('Tue, 24 Nov 2026 06:00:00 GMT', now)).toBe(0);
  expect(retryAfterSeconds('soon', now)).toBeUndefined();
  expect(retryAfterSeconds(null, now)).toBeUndefined();
});
