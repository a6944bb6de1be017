import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { configMap, widget, widgetDefinition } from './__testUtils__/objectsOf';
import { TestObjects, typeOf } from './__testUtils__/openTestObjects';
import type { StoredClusterObjects } from './StoredClusterObjects';

const MANAGER = { manager: 'test' };
const NAMES = ['__proto__', 'constructor', 'toString'];

describe('Members that are called like those of every object', () => {
  let test: TestObjects;
  let objects: StoredClusterObjects;
  const create = (object: KubernetesObject) =>
    objects.create(typeOf(objects, object), object, MANAGER).object;

  beforeEach(async () => {
    test = new TestObjects();
    objects = await test.open();
  });
  afterEach(() => test.close());

  it.each(NAMES)('keeps the key %s of a ConfigMap', name => {
    const object = {
      ...configMap('a'),
      data: JSON.parse(`{"${name}":"1"}`),
    };

    create(object);

    const { data } = objects.get(typeOf(objects, object), object.metadata);
    expect(JSON.stringify(data)).toBe(`{"${name}":"1"}`);
  });

  it('refuses a label that no label can be called', () => {
    expect(() =>
      create(configMap('a', {}, { labels: JSON.parse('{"__proto__":"a"}') })),
    ).toThrow(/metadata\.labels: Invalid value: "__proto__": name part must/);
  });

  it('does not take a key for one of binaryData', () => {
    expect(() =>
      create({ ...configMap('a', { toString: '1' }), binaryData: {} }),
    ).not.toThrow();
  });

  it('selects no object without the label', () => {
    create(configMap('a', {}, { labels: { app: 'a' } }));

    const selected = objects.list(typeOf(objects, configMap('a')), {
      namespace: 'default',
      labelSelector: 'toString',
    });
    expect(selected.items).toEqual([]);
  });

  it.each(NAMES)('keeps and fills in the field %s of a custom kind', name => {
    create(
      widgetDefinition(
        JSON.parse(
          `{"properties":{"${name}":{"type":"string","default":"d"},"map":{"type":"object","additionalProperties":{"type":"string"}}}}`,
        ),
      ),
    );

    expect(
      JSON.stringify(
        create(widget('a', JSON.parse(`{"map":{"${name}":"x"}}`))).spec,
      ),
    ).toBe(`{"map":{"${name}":"x"},"${name}":"d"}`);
  });
});
