import { duplicateKeys } from './duplicateKeys';

describe('duplicateKeys', () => {
  it('names a key that is there twice, with its path and line', () => {
    expect(
      duplicateKeys('{"data": {\n"a": "1",\n"b": "{\\"a\\":1}",\n"a": "2"}}'),
    ).toEqual([{ path: 'data.a', key: 'a', line: 4, position: 39 }]);
  });

  it('counts the elements of lists', () => {
    expect(
      duplicateKeys(
        '{"spec":{"ports":[{"name":"a"},{"name":"b","port":1,"name":"c"}]}}',
      ).map(({ path }) => path),
    ).toEqual(['spec.ports[1].name']);
  });

  it('knows two ways to write one key', () => {
    expect(duplicateKeys('{"a":1,"\\u0061":2}')).toHaveLength(1);
  });

  it('finds nothing where siblings and children share names', () => {
    expect(
      duplicateKeys(
        '{"a":{"a":[{"a":1},{"a":2},["a","a"]]},"b":"\\\\","c":{"a":"a,\\"a\\":"}}',
      ),
    ).toEqual([]);
  });
});
