import { mergePatch } from './mergePatch';

describe('mergePatch', () => {
  it('merges objects, removes by null and replaces everything else', () => {
    expect(
      mergePatch(
        { a: { b: 1, c: 2 }, d: [1, 2], e: 1 },
        { a: { b: null, f: 3 }, d: [3], e: { g: null, h: 1 } },
      ),
    ).toEqual({ a: { c: 2, f: 3 }, d: [3], e: { h: 1 } });
  });

  it('does not change the object', () => {
    const object = Object.freeze({ a: Object.freeze({ b: 1 }) });

    mergePatch(object, { a: { b: null, c: 1 } });

    expect(object).toEqual({ a: { b: 1 } });
  });

  it.each([
    [[1], 'array'],
    ['x', 'string'],
    [1, 'number'],
  ])('refuses %j', (patch, kind) => {
    expect(() => mergePatch({}, patch)).toThrow(
      expect.objectContaining({
        code: 400,
        message: `error decoding patch: json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`,
      }),
    );
  });
});
