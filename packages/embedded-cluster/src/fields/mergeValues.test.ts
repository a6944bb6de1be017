import { thing } from './__testUtils__/types';
import { mergeTypeOf } from './mergeType';
import { mergeValues } from './mergeValues';

const type = mergeTypeOf(
  thing({
    tags: {
      type: 'array',
      items: { type: 'string' },
      'x-kubernetes-list-type': 'set',
    },
    raw: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  }).schema,
);

function mergeTags(live: string[], applied: string[]): unknown {
  const merged = mergeValues(
    type,
    { spec: { tags: live } },
    { spec: { tags: applied } },
  ) as { spec: { tags: unknown } };
  return merged.spec.tags;
}

describe('mergeValues', () => {
  it.each([
    // Items of both lists in the order of the applied one.
    [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'a'],
    ],
    // What is only live keeps its place.
    [['a', 'b', 'c'], ['b'], ['a', 'b', 'c']],
    [
      ['a', 'b', 'c'],
      ['c', 'a'],
      ['b', 'c', 'a'],
    ],
    // What is new stands where the applied list has it.
    [
      ['a', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ],
    [
      ['x', 'a'],
      ['b', 'a'],
      ['x', 'b', 'a'],
    ],
    [[], ['a'], ['a']],
    [['a'], [], ['a']],
  ])('orders %j and %j as %j', (live, applied, expected) => {
    expect(mergeTags(live, applied)).toEqual(expected);
  });

  it('is the live value itself when nothing changes', () => {
    const live = { spec: { tags: ['a', 'b'], raw: { x: { y: [1] } } } };

    expect(
      mergeValues(type, live, { spec: { raw: { x: live.spec.raw.x } } }),
    ).toBe(live);
    expect(mergeValues(type, live, { spec: { tags: ['a'] } })).toBe(live);
  });

  it('merges what no schema names field by field', () => {
    expect(
      mergeValues(
        type,
        { spec: { raw: { a: { b: 1 } } } },
        { spec: { raw: { a: { c: 2 }, d: [1] } } },
      ),
    ).toEqual({ spec: { raw: { a: { b: 1, c: 2 }, d: [1] } } });
  });

  it('lets an applied scalar take the place of an object, and the other way round', () => {
    expect(
      mergeValues(
        type,
        { spec: { raw: { a: { b: 1 }, c: 1 } } },
        { spec: { raw: { a: 1, c: { d: 1 } } } },
      ),
    ).toEqual({ spec: { raw: { a: 1, c: { d: 1 } } } });
  });
});
