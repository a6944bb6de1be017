import { sourcedFailure, sourcedValue } from './sourced';

const stale = {
  status: 'stale',
  value: 3,
  observedAt: 100,
  failure: 'unreachable',
  message: 'timeout',
} as const;
const forbidden = {
  status: 'forbidden',
  message: 'no rights',
  since: 200,
} as const;

describe('sourcedValue', () => {
  it('gives fresh and stale values, and none of a failure', () => {
    expect(sourcedValue({ status: 'ok', value: 0, observedAt: 1 })).toBe(0);
    expect(sourcedValue(stale)).toBe(3);
    expect(sourcedValue(forbidden)).toBeUndefined();
  });
});

describe('sourcedFailure', () => {
  it('tells why and since when a source does not answer', () => {
    expect(
      sourcedFailure({ status: 'ok', value: 0, observedAt: 1 }),
    ).toBeUndefined();
    expect(sourcedFailure(stale)).toEqual({
      failure: 'unreachable',
      message: 'timeout',
      since: 100,
    });
    expect(sourcedFailure(forbidden)).toEqual({
      failure: 'forbidden',
      message: 'no rights',
      since: 200,
    });
  });
});
