import { goPattern } from './goPattern';

describe('goPattern', () => {
  it.each([
    ['^[a-z]+$', 'abc', true],
    ['^((?i)january|may)(?:$|x)', 'MAY', true],
    ['^((?i)january|may)(?:$|x)', 'mayX', false],
    ['^(?i)[ab]\\d$', 'B7', true],
    ['^(?:(?i)a)b$', 'AB', false],
    ['^(?:(?i)a)b$', 'Ab', true],
    ['^(?P<unit>ms|s)$', 'ms', true],
    ['^\\pL+$', 'Über', true],
    ['^\\\\pL$', '\\pL', true],
  ])('%s reads %j as Go does: %s', (pattern, text, matches) => {
    expect(goPattern(pattern).test(text)).toBe(matches);
  });
});
