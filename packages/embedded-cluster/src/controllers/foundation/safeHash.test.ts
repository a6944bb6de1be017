import { safeHash } from './safeHash';

describe('safeHash', () => {
  it('gives equal values one name, in whatever order their fields are', () => {
    expect(safeHash({ a: 1, b: { c: [1, 2], d: 'x' } })).toBe(
      safeHash({ b: { d: 'x', c: [1, 2] }, a: 1 }),
    );
  });

  it('gives other values other names, also where only the order of a list differs', () => {
    expect(safeHash([1, 2])).not.toBe(safeHash([2, 1]));
    expect(safeHash({ a: 1 })).not.toBe(safeHash({ a: 2 }));
  });

  it('gives another name for the same value when it is salted', () => {
    expect(safeHash({ a: 1 }, 1)).not.toBe(safeHash({ a: 1 }));
  });

  it('uses letters of which no words are made', () => {
    expect(safeHash('odds')).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/);
  });
});
