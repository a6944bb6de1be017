import { readRange } from './readRange';

describe('readRange', () => {
  it.each([
    [undefined, undefined],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-200', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,4-5', undefined],
    ['lines=0-1', undefined],
  ])('reads %s of 100 bytes as %j', (header, range) => {
    expect(readRange(header, 100)).toEqual(range);
  });

  it('finds nothing to send of an empty blob', () => {
    expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
  });
});
