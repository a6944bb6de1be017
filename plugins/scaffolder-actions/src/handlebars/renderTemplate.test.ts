import { JsonObject } from '@backstage/types';
import { renderTemplate } from './renderTemplate';

const render = (text: string, values: JsonObject = {}) =>
  renderTemplate({ file: 'k8s/service.yaml.hbs', text, values });

describe('renderTemplate', () => {
  it('prints values through yaml and json, and leaves all else alone', () => {
    expect(
      render(
        'name: {{yaml name}} # \\{{ x }} ${ y } <&>\nport: {{yaml port}}\nenv: {{json env}}\n',
        { name: 'true', port: 8080, env: { a: '<b>' } },
      ),
    ).toBe('name: "true" # {{ x }} ${ y } <&>\nport: 8080\nenv: {"a":"<b>"}\n');
  });

  it('knows if, unless, each and eq', () => {
    expect(
      render(
        [
          '{{#if (eq kind "own")}}',
          'own',
          '{{else if other}}',
          'other',
          '{{else}}',
          'none',
          '{{/if}}',
          '{{#unless other}}',
          'not other',
          '{{/unless}}',
          '{{#each ports as |port index|}}',
          '- {{yaml port.name}}: {{yaml index}} of {{yaml ../kind}}',
          '{{/each}}',
          '',
        ].join('\n'),
        { kind: 'own', other: null, ports: [{ name: 'http' }, { name: 'no' }] },
      ),
    ).toBe('own\nnot other\n- http: 0 of own\n- "no": 1 of own\n');
  });

  it.each([
    ['a printed value', 'a\nb: {{yaml nmae}}', 2, '{{yaml nmae}}'],
    ['a nested value', 'a: {{json name.first}}', 1, '{{json name.first}}'],
    ['a condition', '\n\n{{#if nmae}}\nx\n{{/if}}', 3, '{{#if nmae}}'],
    ['a negated condition', '{{#unless nmae}}x{{/unless}}', 1, 'nmae'],
    ['a loop', '{{#each nmaes}}x{{/each}}', 1, 'nmaes'],
    ['a comparison', '\n{{#if (eq nmae 1)}}x{{/if}}', 2, '(eq nmae 1)'],
    ['a method of objects', 'a: {{json toString}}', 1, 'toString'],
    ['a constructor', 'a: {{json name.constructor}}', 1, 'constructor'],
    ['a prototype', 'a: {{json __proto__}}', 1, '__proto__'],
  ])(
    'refuses an unknown variable in %s with file and line',
    (_title, text, line, source) => {
      expect(() => render(text, { name: 'x' })).toThrow(
        expect.objectContaining({
          name: 'TemplateError',
          problems: [
            {
              file: 'k8s/service.yaml.hbs',
              line,
              message: expect.stringContaining(source),
            },
          ],
        }),
      );
    },
  );

  it.each([
    ['a bare value', '{{name}}', 'write {{yaml name}} or {{json name}}'],
    ['a bare value in triple braces', '{{{name}}}', 'is printed as it is'],
    ['a bare value inside a block', '{{#if name}}{{name}}{{/if}}', 'printed'],
    ['a literal', '{{"x"}}', 'printed as it is'],
    ['a bare loop value', '{{#each l}}{{this}}{{/each}}', "'this' is printed"],
    ['another helper', '{{lookup name 0}}', "'lookup' is printed as it is"],
    ['another block', '{{#with name}}x{{/with}}', "'with' is not available"],
    ['a context block', '{{#name}}x{{/name}}', "'name' is not available"],
    ['another inner helper', '{{yaml (json name)}}', 'there is eq'],
    ['a partial', '{{> other}}', 'partials are not available'],
    ['an inline partial', '{{#*inline "a"}}{{/inline}}', 'decorators'],
    ['two values', '{{yaml name name}}', 'takes exactly 1 value'],
    ['no value', '{{yaml}}', 'takes exactly 1 value'],
    ['a named value', '{{yaml name a=1}}', 'no named ones'],
    ['half a comparison', '{{#if (eq name)}}{{/if}}', 'exactly 2 values'],
  ])('refuses %s', (_title, text, message) => {
    expect(() => render(`\n${text}`, { name: 'x', l: ['y'] })).toThrow(
      new RegExp(
        `k8s/service\\.yaml\\.hbs:2: .*${message.replace(/[{}()]/g, '\\$&')}`,
      ),
    );
  });

  it('lists every bare value of a file', () => {
    expect(() => render('{{a}}\n{{b}}', { a: 1, b: 2 })).toThrow(
      /service\.yaml\.hbs:1: 'a'.*\n.*service\.yaml\.hbs:2: 'b'/,
    );
  });

  it.each([
    ['an open tag', 'a\n{{yaml name', 2],
    ['a block closed by another', 'a\n{{#if name}}\n{{/each}}', 2],
  ])('names the line of %s', (_title, text, line) => {
    expect(() => render(text, { name: 'x' })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ line })],
      }),
    );
  });
});
