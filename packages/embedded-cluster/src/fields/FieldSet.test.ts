import fc from 'fast-check';
import { FieldSet } from './FieldSet';
import { readFieldsV1, writeFieldsV1 } from './fieldsV1';
import { fieldElement, keyElement, valueElement } from './pathElement';

const element = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map(fieldElement),
  fc.constantFrom('a', 'b').map(name => keyElement([['name', name]])),
  fc.constantFrom<unknown>('a', 1, true).map(valueElement),
);
const set = fc
  .array(fc.array(element, { minLength: 1, maxLength: 3 }), { maxLength: 8 })
  .map(paths => FieldSet.of(...paths));

function texts(of: FieldSet): string[] {
  return [...of.paths()].map(path => path.join(' '));
}

describe('FieldSet', () => {
  it('has the members of both sets in the union, and none else', () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        expect(texts(one.union(other)).sort()).toEqual(
          [...new Set([...texts(one), ...texts(other)])].sort(),
        );
      }),
    );
  });

  it('has what both sets have in the intersection', () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const theirs = new Set(texts(other));
        expect(texts(one.intersection(other))).toEqual(
          texts(one).filter(path => theirs.has(path)),
        );
      }),
    );
  });

  it('keeps what is below a member of the other in the difference', () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const theirs = new Set(texts(other));
        expect(texts(one.difference(other))).toEqual(
          texts(one).filter(path => !theirs.has(path)),
        );
      }),
    );
  });

  it('drops what is below a member of the other in the recursive difference', () => {
    const one = FieldSet.of(['f:a'], ['f:a', 'f:b'], ['f:c', 'f:d']);

    expect(texts(one.recursiveDifference(FieldSet.of(['f:a'])))).toEqual([
      'f:c f:d',
    ]);
  });

  it('comes back from its written form as it was', () => {
    fc.assert(
      fc.property(set, one => {
        const read = readFieldsV1(
          JSON.parse(JSON.stringify(writeFieldsV1(one))),
        );
        expect(texts(read)).toEqual(texts(one));
        expect(read.equals(one)).toBe(true);
      }),
    );
  });

  it('is written sorted: fields, then keys, then values', () => {
    const one = FieldSet.of(
      ['v:"b"'],
      ['v:2'],
      ['v:10'],
      ['k:{"name":"b"}', 'f:x'],
      ['k:{"name":"a"}'],
      ['f:z'],
      ['f:a', 'f:b'],
      ['f:a'],
    );

    expect(JSON.stringify(writeFieldsV1(one))).toBe(
      '{"f:a":{".":{},"f:b":{}},"f:z":{},"k:{\\"name\\":\\"a\\"}":{},"k:{\\"name\\":\\"b\\"}":{"f:x":{}},"v:2":{},"v:10":{},"v:\\"b\\"":{}}',
    );
  });

  it('reads keys in any order as the same item, and skips what it does not know', () => {
    expect(
      texts(
        readFieldsV1({
          'k:{"b":2,"a":1}': {},
          'x:later': {},
          'k:{broken': {},
        }),
      ),
    ).toEqual(['k:{"a":1,"b":2}']);
  });

  it('escapes in keys what Go escapes', () => {
    expect(keyElement([['name', 'a<b>&c']])).toBe(
      'k:{"name":"a\\u003cb\\u003e\\u0026c"}',
    );
  });
});
