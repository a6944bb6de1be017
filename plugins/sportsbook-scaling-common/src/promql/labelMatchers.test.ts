import { labelMatchers } from './labelMatchers';

describe('labelMatchers', () => {
  it('matches nothing in particular without labels', () => {
    expect(labelMatchers({})).toBe('{}');
  });

  it('keeps the order of the labels', () => {
    expect(labelMatchers({ b: '1', a: '2' })).toBe('{b="1",a="2"}');
  });

  it.each(['a-b', '1a', '', 'a"', 'ä'])("refuses the label name '%s'", name => {
    expect(() => labelMatchers({ [name]: 'x' })).toThrow(
      `'${name}' is not a PromQL label name`,
    );
  });
});
