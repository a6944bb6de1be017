import { builtIn } from '../__testUtils__/types';
import { strategicMergePatch } from './strategicMergePatch';

const { schema } = builtIn('Pod');

function containers(...list: Record<string, unknown>[]) {
  return { spec: { containers: list } };
}
function patch(
  object: Record<string, unknown>,
  body: unknown,
): Record<string, unknown> {
  return strategicMergePatch(object, body, schema);
}

describe('strategicMergePatch', () => {
  it('merges lists by their key and keeps the others', () => {
    expect(
      patch(
        containers({ name: 'a', image: '1', tty: true }, { name: 'b' }),
        containers({ name: 'a', image: '2' }, { name: 'c' }),
      ),
    ).toEqual(
      containers(
        { name: 'a', image: '2', tty: true },
        { name: 'c' },
        { name: 'b' },
      ),
    );
  });

  it('replaces lists without a strategy', () => {
    expect(
      patch(
        containers({ name: 'a', args: ['1', '2'] }),
        containers({ name: 'a', args: ['3'] }),
      ),
    ).toEqual(containers({ name: 'a', args: ['3'] }));
  });

  it('deletes an item, or replaces the whole list, where the patch says so', () => {
    const object = containers({ name: 'a' }, { name: 'b' });

    expect(patch(object, containers({ name: 'a', $patch: 'delete' }))).toEqual(
      containers({ name: 'b' }),
    );
    expect(
      patch(object, containers({ $patch: 'replace' }, { name: 'c' })),
    ).toEqual(containers({ name: 'c' }));
  });

  it('replaces or empties an object where the patch says so', () => {
    const object = { metadata: { labels: { a: '1', b: '2' } } };

    expect(
      patch(object, { metadata: { labels: { $patch: 'replace', c: '3' } } }),
    ).toEqual({ metadata: { labels: { c: '3' } } });
    expect(
      patch(object, { metadata: { labels: { $patch: 'delete' } } }),
    ).toEqual({ metadata: { labels: {} } });
  });

  it('keeps only the keys that a union may have', () => {
    expect(
      patch(
        { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
        {
          spec: {
            volumes: [
              {
                name: 'v',
                $retainKeys: ['name', 'secret'],
                secret: { secretName: 's' },
              },
            ],
          },
        },
      ),
    ).toEqual({
      spec: { volumes: [{ name: 'v', secret: { secretName: 's' } }] },
    });
  });

  it('puts items into the order that the patch asks for', () => {
    expect(
      patch(containers({ name: 'a' }, { name: 'x' }, { name: 'b' }), {
        spec: {
          '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }],
          containers: [{ name: 'b', image: '2' }],
        },
      }),
    ).toEqual(
      containers({ name: 'x' }, { name: 'b', image: '2' }, { name: 'a' }),
    );
  });

  it('adds to and deletes from lists of scalars', () => {
    const object = { metadata: { finalizers: ['a', 'b'] } };

    expect(patch(object, { metadata: { finalizers: ['c', 'a'] } })).toEqual({
      metadata: { finalizers: ['c', 'a', 'b'] },
    });
    expect(
      patch(object, {
        metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] },
      }),
    ).toEqual({ metadata: { finalizers: ['b'] } });
  });

  it('leaves nulls and directives out of what is new', () => {
    expect(
      patch(
        {},
        {
          spec: {
            nodeName: null,
            hostname: 'h',
            affinity: { $patch: 'delete' },
          },
          metadata: null,
        },
      ),
    ).toEqual({ spec: { hostname: 'h' } });
  });

  it('does not change the object', () => {
    const object = containers({ name: 'a' }, { name: 'b' });
    const copy = structuredClone(object);

    patch(object, containers({ name: 'b', image: '2' }, { name: 'c' }));

    expect(object).toEqual(copy);
  });

  it.each([
    [
      { metadata: { labels: { $patch: 'odd', a: '1' } } },
      500,
      'unknown patch type: odd in map: map[$patch:odd a:1]',
    ],
    [
      containers({ image: '1' }),
      500,
      'map: map[image:1] does not contain declared merge key: name',
    ],
    [
      containers({ name: 'a', $patch: 'merge' }),
      500,
      'merging lists cannot yet be specified in the patch',
    ],
    [
      { metadata: { labels: { $retainKeys: ['a'], b: '1' } } },
      400,
      'invalid patch format of retainKeys',
    ],
    [
      { metadata: { $deleteFromPrimitiveList: ['a'] } },
      400,
      'invalid patch format of primitive list',
    ],
    [
      [1],
      400,
      'json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
  ])('refuses %j', (body, code, message) => {
    const object = {
      ...containers({ name: 'a' }),
      metadata: { labels: { a: '2' } },
    };

    expect(() => patch(object, body)).toThrow(
      expect.objectContaining({ code, message }),
    );
  });
});
