import { jsonPatch } from './jsonPatch';

const object = { data: { a: '1' }, list: ['x', 'y'] };

describe('jsonPatch', () => {
  it.each([
    ['add', { path: '/data/b', value: '2' }, { data: { a: '1', b: '2' } }],
    ['add', { path: '/list/1', value: 'n' }, { list: ['x', 'n', 'y'] }],
    ['add', { path: '/list/-', value: 'n' }, { list: ['x', 'y', 'n'] }],
    ['add', { path: '/list/-1', value: 'n' }, { list: ['x', 'y', 'n'] }],
    ['remove', { path: '/list/-1' }, { list: ['x'] }],
    ['replace', { path: '/data/a', value: '3' }, { data: { a: '3' } }],
    // More lenient than the RFC, as the API server is.
    [
      'replace',
      { path: '/data/new', value: '3' },
      { data: { a: '1', new: '3' } },
    ],
    [
      'copy',
      { from: '/data/none', path: '/data/b' },
      { data: { a: '1', b: null } },
    ],
    ['move', { from: '/data/a', path: '/data/b' }, { data: { b: '1' } }],
    ['copy', { from: '/list/0', path: '/list/2' }, { list: ['x', 'y', 'x'] }],
    ['test', { path: '/list/1', value: 'y' }, {}],
  ])('%s %j', (op, operation, changed) => {
    expect(jsonPatch(object, [{ op, ...operation }])).toEqual({
      ...object,
      ...changed,
    });
  });

  it.each([
    [{ op: 'remove', path: '/data/none' }],
    [{ op: 'test', path: '/data/a', value: '2' }],
    [{ op: 'add', path: '/none/a', value: 1 }],
    [{ op: 'add', path: '/list/3', value: 1 }],
    [{ op: 'replace', path: '/list/2', value: 1 }],
    [{ op: 'add', path: '/data/b' }],
    [{ op: 'odd', path: '/data/b', value: 1 }],
    [{ path: '/data/b', value: 1 }],
    [{ op: 'add', path: 'data', value: 1 }],
    [{ op: 'replace', path: '', value: 1 }],
  ])('refuses %j without saying why', operation => {
    expect(() => jsonPatch(object, [operation])).toThrow(
      expect.objectContaining({
        code: 422,
        reason: 'Invalid',
        message:
          'the server rejected our request due to an error in our request',
      }),
    );
  });

  it('applies all operations or none', () => {
    expect(() =>
      jsonPatch(object, [
        { op: 'remove', path: '/data/a' },
        { op: 'remove', path: '/data/a' },
      ]),
    ).toThrow();
    expect(object).toEqual({ data: { a: '1' }, list: ['x', 'y'] });
  });

  it('refuses what is no list of operations, or too long a one', () => {
    expect(() => jsonPatch(object, { op: 'add' })).toThrow(
      expect.objectContaining({
        code: 400,
        message:
          'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      }),
    );
    expect(() =>
      jsonPatch(
        object,
        Array.from({ length: 10_001 }, () => ({ op: 'test', path: '' })),
      ),
    ).toThrow(expect.objectContaining({ code: 413 }));
  });
});
