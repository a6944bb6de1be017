import { parseLabelSelector } from './parseLabelSelector';

describe('parseLabelSelector', () => {
  it.each([
    ['', undefined, true],
    ['app=a', { app: 'a' }, true],
    ['app==a', { app: 'b' }, false],
    ['app!=a', { app: 'b' }, true],
    ['app!=a', undefined, true],
    ['app', { app: '' }, true],
    ['!app', { app: '' }, false],
    ['! app', {}, true],
    ['app in (a, b)', { app: 'b' }, true],
    ['app in (a,b)', {}, false],
    ['app in (a,)', { app: '' }, true],
    ['app notin (a,b)', { app: 'c' }, true],
    ['app notin (a,b)', {}, true],
    ['size>3', { size: '4' }, true],
    ['size<3', { size: '4' }, false],
    ['size>3', { size: 'x' }, false],
    ['app=', { app: '' }, true],
    ['a=1,b!=2,c', { a: '1', b: '3', c: '' }, true],
    ['a=1,b!=2,c', { a: '1', b: '2', c: '' }, false],
    ['example.com/in=x', { 'example.com/in': 'x' }, true],
    // Every object has these, but not as labels.
    ['toString', { app: 'a' }, false],
    ['constructor', undefined, false],
    ['!toString', { app: 'a' }, true],
    ['toString', { toString: '' }, true],
    ['toString notin (a)', { app: 'a' }, true],
  ])('%j of %j is %s', (selector, labels, matches) => {
    expect(parseLabelSelector(selector)(labels)).toBe(matches);
  });

  it.each([
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    [
      'a foo b',
      "unable to parse requirement: found 'foo', expected: in, notin, =, ==, !=, gt, lt",
    ],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
  ])('%j is refused as the API server does it', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(
      expect.objectContaining({ code: 400, reason: 'BadRequest', message }),
    );
  });

  it('refuses keys and values that no label can have', () => {
    expect(() => parseLabelSelector('_a=b')).toThrow(
      /^unable to parse requirement: <nil>: Invalid value: "_a": name part must consist/,
    );
    expect(() => parseLabelSelector('a=b_')).toThrow(
      /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "b_": a valid label must be/,
    );
  });
});
