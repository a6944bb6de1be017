import { parse } from 'yaml';
import { yamlScalar } from './yamlScalar';

const values = [
  'odds-api',
  'odds-1e3',
  'a.b/c_d',
  'true',
  'True',
  'null',
  'NULL',
  'y',
  'No',
  'on',
  'off',
  '~',
  '',
  ' ',
  '1e3',
  '1',
  '0x1f',
  '0o17',
  '1_000',
  '12:30:45',
  '2026-11-24',
  '.inf',
  '.nan',
  '-',
  '- a',
  'a: b',
  'a #b',
  '#a',
  'a\nb',
  'a\ttab',
  '"quoted"',
  "it's",
  '{{ x }}',
  '${{ x }}',
  '*alias',
  '&anchor',
  '!tag',
  '@at',
  '`tick`',
  '%percent',
  '---',
  'ends with dash-',
  'name-',
  'päää',
  '\u0085\u2028\ufeff\u007f',
  '<<',
  '=',
  'a,b',
  '[a]',
  'http://example.com:80/x?y=z',
  0,
  -1,
  100,
  2.5,
  1e21,
  -1e-7,
  1.5e300,
  true,
  false,
  null,
  [],
  {},
  ['a', 'true', 1],
  { a: 'no', 'b c': [null] },
];

describe('yamlScalar', () => {
  it.each(values.map(value => [JSON.stringify(value), value] as const))(
    'prints %s so that YAML 1.1 and 1.2 read it back, in block and in flow style',
    (_title, value) => {
      for (const version of ['1.1', '1.2'] as const) {
        const options = { version };
        expect(parse(`key: ${yamlScalar(value)}\n`, options)).toEqual({
          key: value,
        });
        expect(parse(`[${yamlScalar(value)}, 1]\n`, options)).toEqual([
          value,
          1,
        ]);
      }
    },
  );

  it('quotes only strings that need it', () => {
    expect(
      ['odds-api', 'betting', 'true', '1e3', 'a b'].map(yamlScalar),
    ).toEqual(['odds-api', 'betting', '"true"', '"1e3"', '"a b"']);
  });
});
