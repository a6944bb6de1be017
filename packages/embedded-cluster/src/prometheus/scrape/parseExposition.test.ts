import { parseExposition } from './parseExposition';
import { parseSeriesText } from './parseSeriesText';

function samplesOf(text: string, format: 'text' | 'openmetrics' = 'text') {
  return parseExposition(text, format).samples.map(
    ({ series, value, timeMilliseconds }) => [
      Object.fromEntries(parseSeriesText(series)),
      value,
      timeMilliseconds,
    ],
  );
}

describe('parseExposition', () => {
  it('reads the text format', () => {
    const text = `# HELP http_requests_total The total.\\nOf all.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400",}    3

# a comment
escaped{path="C:\\\\DIR\\\\",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
without_labels 12.47
spaced { a = "b" , c = "d" } -3e-2
braces{a="}{"} +Inf
infinite{a="b"} -Inf
odd NaN
`;
    expect(samplesOf(text)).toEqual([
      [
        { __name__: 'http_requests_total', method: 'post', code: '200' },
        1027,
        1395066363000,
      ],
      [
        { __name__: 'http_requests_total', method: 'post', code: '400' },
        3,
        undefined,
      ],
      [
        {
          __name__: 'escaped',
          path: 'C:\\DIR\\',
          error: 'Cannot find file:\n"FILE.TXT"',
        },
        1.458255915e9,
        undefined,
      ],
      [{ __name__: 'without_labels' }, 12.47, undefined],
      [{ __name__: 'spaced', a: 'b', c: 'd' }, -0.03, undefined],
      [{ __name__: 'braces', a: '}{' }, Infinity, undefined],
      [{ __name__: 'infinite', a: 'b' }, -Infinity, undefined],
      [{ __name__: 'odd' }, NaN, undefined],
    ]);
    expect(parseExposition(text, 'text').metadata).toEqual(
      new Map([
        [
          'http_requests_total',
          { type: 'counter', help: 'The total.\nOf all.', unit: '' },
        ],
      ]),
    );
  });

  it('reads OpenMetrics: seconds, exemplars, units and the end', () => {
    expect(
      samplesOf(
        `# TYPE foo_seconds histogram
# UNIT foo_seconds seconds
foo_seconds_bucket{le="0.1"} 8 1520879607.789 # {trace_id="a # b"} 0.04 1520879607.7
foo_seconds_count 17
# EOF
`,
        'openmetrics',
      ),
    ).toEqual([
      [{ __name__: 'foo_seconds_bucket', le: '0.1' }, 8, 1520879607789],
      [{ __name__: 'foo_seconds_count' }, 17, undefined],
    ]);
  });

  it('reads names in quotes', () => {
    expect(samplesOf('{"my.metric", "a b"="c"} 1\n')).toEqual([
      [{ __name__: 'my.metric', 'a b': 'c' }, 1, undefined],
    ]);
  });

  it.each([
    ['a{b="c"}\n', 'expected a number'],
    ['a\n', 'expected a value after the metric'],
    ['a one\n', 'expected a number, got "one"'],
    ['a 1 2 3\n', 'got "3"'],
    ['a{b="c" 1\n', 'expected a value'],
    ['<html>\n', 'expected a value'],
  ])('refuses %j', (text, reason) => {
    expect(() => parseExposition(text, 'text')).toThrow(reason);
  });

  it('refuses OpenMetrics that was cut short', () => {
    expect(() => parseExposition('a 1\n', 'openmetrics')).toThrow(
      'data does not end with # EOF',
    );
  });

  it.each([
    ['a{b=c}', 'expected label="value"'],
    ['a{b="1",b="2"}', 'label name "b" is not unique'],
    ['{a="b"}', 'metric name not set'],
    ['a{"b"}', 'has no value'],
    ['9a', 'expected'],
  ])('refuses the series %s', (text, reason) => {
    expect(() => parseSeriesText(text)).toThrow(reason);
  });
});
