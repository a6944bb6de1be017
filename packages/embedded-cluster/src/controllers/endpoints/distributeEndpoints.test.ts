import { distributeEndpoints } from './distributeEndpoints';
import type { Endpoint } from './endpointsOfService';

function endpoint(name: string): Endpoint {
  return {
    addresses: [name],
    conditions: { ready: true, serving: true, terminating: false },
    targetRef: { kind: 'Pod', name, uid: name },
  };
}

/** With slices of at most three. */
function distribute(present: Record<string, string>, wanted: string) {
  const { kept, empty, added } = distributeEndpoints(
    Object.entries(present).map(([slice, names]) => ({
      slice,
      endpoints: [...names].map(endpoint),
    })),
    [...wanted].map(endpoint),
    3,
  );
  const namesOf = (endpoints: Endpoint[]) =>
    endpoints.map(({ targetRef }) => targetRef.name).join('');
  return {
    kept: Object.fromEntries(
      kept.map(({ slice, endpoints }) => [slice, namesOf(endpoints)]),
    ),
    empty,
    added: added.map(namesOf),
  };
}

describe('distributeEndpoints', () => {
  it.each([
    [
      'makes as many slices as are needed',
      {},
      'abcdefg',
      {},
      [],
      ['abc', 'def', 'g'],
    ],
    [
      'leaves everybody where they are',
      { x: 'cb', y: 'a' },
      'abc',
      { x: 'cb', y: 'a' },
      [],
      [],
    ],
    [
      'fills a slice that loses somebody',
      { x: 'abc', y: 'd' },
      'acde',
      { x: 'ace', y: 'd' },
      [],
      [],
    ],
    [
      'adds to the fullest slice that has room',
      { x: 'a', y: 'bc' },
      'abcd',
      { x: 'a', y: 'bcd' },
      [],
      [],
    ],
    [
      'makes a new slice where none has room',
      { x: 'abc' },
      'abcd',
      { x: 'abc' },
      [],
      ['d'],
    ],
    [
      'gives slices up that nobody is in',
      { x: 'abc', y: 'd' },
      'abc',
      { x: 'abc' },
      ['y'],
      [],
    ],
    [
      'holds everybody once',
      { x: 'ab', y: 'ba' },
      'ab',
      { x: 'ab' },
      ['y'],
      [],
    ],
  ])('%s', (_, present, wanted, kept, empty, added) => {
    expect(distribute(present as Record<string, string>, wanted)).toEqual({
      kept,
      empty,
      added,
    });
  });

  it('takes what changed about those who stay', () => {
    const before = endpoint('a');
    const now = {
      ...before,
      conditions: { ...before.conditions, ready: false },
    };
    expect(
      distributeEndpoints([{ slice: 'x', endpoints: [before] }], [now]).kept,
    ).toEqual([{ slice: 'x', endpoints: [now] }]);
  });
});
