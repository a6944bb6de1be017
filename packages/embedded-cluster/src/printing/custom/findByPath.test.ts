import { findByPath } from './findByPath';

const object = {
  metadata: { annotations: { 'example.org/team': 'odds' } },
  spec: { list: [{ name: 'a' }, { name: 'b', size: 3 }], text: '' },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Active', status: 'False' },
    ],
  },
};

describe('findByPath', () => {
  it.each([
    ['.spec.text', ['']],
    ['.spec.absent', []],
    ['.spec.absent.deeper', []],
    ['.spec.list[*].name', ['a', 'b']],
    ['.spec.list[1].name', ['b']],
    ['.status.conditions[?(@.type=="Active")].status', ['False']],
    [".status.conditions[?(@.type == 'Ready')].status", ['True']],
    ['.status.conditions[?(@.type=="Gone")].status', []],
    ['.spec.list[?(@.size>2)].name', ['b']],
    ['.spec.list[?(@.size<=2)].name', []],
    ['.metadata.annotations.example\\.org/team', ['odds']],
    [".metadata.annotations['example.org/team']", ['odds']],
    ['$.spec.list[0].name', ['a']],
  ])('finds %s', (path, found) => {
    expect(findByPath(object, path)).toEqual(found);
  });

  it('runs no code that a path holds', () => {
    const marker: { ran?: boolean } = {};
    Object.assign(globalThis, { findByPathMarker: marker });

    expect(
      findByPath(object, '.spec.list[?(globalThis.findByPathMarker.ran=true)]'),
    ).toEqual([]);
    expect(
      findByPath(object, '.spec.list[(globalThis.findByPathMarker.ran=true)]'),
    ).toEqual([]);
    expect(marker.ran).toBeUndefined();
    Reflect.deleteProperty(globalThis, 'findByPathMarker');
  });
});
