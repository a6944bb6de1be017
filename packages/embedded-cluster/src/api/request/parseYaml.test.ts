import { parseYaml } from './parseYaml';

describe('parseYaml', () => {
  it('refuses aliases that would grow beyond all bounds', () => {
    const levels = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed']) {
      levels.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`);
    }

    expect(parseYaml(levels.join('\n'))).toEqual({
      status: 'failed',
      message: expect.stringMatching(/^yaml: Excessive alias count/),
    });
  });

  it('follows aliases', () => {
    expect(parseYaml('a: &a [x]\nb: *a')).toMatchObject({
      status: 'ok',
      value: { a: ['x'], b: ['x'] },
    });
  });
});
