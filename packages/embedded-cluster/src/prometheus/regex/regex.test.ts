import { compileRe2 } from './compileRe2';
import { expandTemplate } from './expandTemplate';

describe('compileRe2', () => {
  it.each([
    ['http', 'http', true],
    ['http', 'https', false],
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['a.c', 'a\nc', true],
    ['(?i)ABC', 'abc', true],
    ['(?P<x>a)(?:b)', 'ab', true],
    ['[[:alpha:]]+[[:digit:]]', 'abc1', true],
    ['[^[:space:]]+', 'a b', false],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['a{', 'a{', true],
    ['a-b', 'a-b', true],
    ['a\\-b', 'a-b', true],
    ['[a\\-z]', '-', true],
    ['[a-]', '-', true],
    ['[]a]', ']', true],
    ['\\pL+', 'äb', true],
    ['\\p{Greek}', 'α', true],
    ['\\x41\\x{1F600}', 'A😀', true],
    ['\\s', '\u00a0', false],
    ['\\d{2,3}', '1234', false],
    ['}', '}', true],
    ['', '', true],
    ['a+?b', 'aab', true],
  ])('%s against %j gives %s', (pattern, text, expected) => {
    expect(compileRe2(pattern).test(text)).toBe(expected);
  });

  it.each([
    ['(', 'missing closing ): `(`'],
    [')', 'unexpected ): `)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?!a)', 'invalid or unsupported Perl syntax: `(?!`'],
    ['(?<=a)', 'invalid or unsupported Perl syntax: `(?<`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['\\y', 'invalid escape sequence: `\\y`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `*`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a(?i)b', 'flags inside'],
  ])('refuses %s', (pattern, reason) => {
    expect(() => compileRe2(pattern)).toThrow(reason);
  });
});

describe('expandTemplate', () => {
  const match = /^(?<first>.)(.*)$/.exec('abc');

  it.each([
    ['$1-$2', 'a-bc'],
    ['${1}x', 'ax'],
    ['$1x', ''],
    ['${first}', 'a'],
    ['$9', ''],
    ['$$1', '$1'],
    ['100$', '100$'],
    ['$0', 'abc'],
  ])('%s of abc is %s', (template, expected) => {
    expect(match && expandTemplate(template, match)).toBe(expected);
  });
});
