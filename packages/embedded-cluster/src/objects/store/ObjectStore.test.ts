import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configMap } from '../__testUtils__/objectsOf';
import { ObjectDatabase } from './ObjectDatabase';
import { ObjectStore } from './ObjectStore';

const MAPS = '/configmaps';

describe('ObjectStore', () => {
  const directory = mkdtempSync(join(tmpdir(), 'object-store-'));
  const path = join(directory, 'cluster.sqlite');
  const failures: unknown[] = [];
  let store: ObjectStore;

  const open = (events = 10_000) =>
    new ObjectStore({
      database: new ObjectDatabase(path),
      limits: { events },
      onListenerError: error => failures.push(error),
    });

  beforeEach(() => {
    store = open();
  });
  afterEach(() => {
    store.close();
    rmSync(path, { force: true });
    rmSync(`${path}-wal`, { force: true });
    rmSync(`${path}-shm`, { force: true });
    failures.length = 0;
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('counts each write up by one, deletions included, and goes on counting after a restart', () => {
    const one = store.put(MAPS, configMap('one'));
    store.put(MAPS, configMap('two'));
    const gone = store.remove(MAPS, one);
    expect(gone.metadata.resourceVersion).toBe('3');
    store.close();

    store = open();
    expect(store.version()).toBe(3);
    expect(store.list(MAPS).map(({ metadata }) => metadata)).toEqual([
      { name: 'two', namespace: 'default', resourceVersion: '2' },
    ]);
  });

  it('hands out objects that nobody can change', () => {
    const object = store.put(MAPS, configMap('one', { a: 'b' }));
    expect(() => {
      object.metadata.name = 'other';
    }).toThrow(TypeError);
  });

  it('lists in the order of keys, with the namespace a part of the key', () => {
    for (const [namespace, name] of [
      ['b', 'a'],
      ['a', 'z'],
      ['a-b', 'c'],
      ['a', 'b'],
    ]) {
      store.put(MAPS, configMap(name, {}, { namespace }));
    }
    expect(
      store
        .list(MAPS)
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    ).toEqual(['a-b/c', 'a/b', 'a/z', 'b/a']);
  });

  it('shows what a list was at a former version', () => {
    const one = store.put(MAPS, configMap('one', { a: '1' }));
    store.put(MAPS, configMap('two'));
    const then = store.version();
    store.put(MAPS, configMap('one', { a: '2' }));
    store.put(MAPS, configMap('three'));
    store.remove(MAPS, configMap('two'));
    expect(
      store
        .listAt(MAPS, 'default', then)
        ?.map(({ metadata, data }) => [metadata.name, data]),
    ).toEqual([
      ['one', { a: '1' }],
      ['two', {}],
    ]);
    expect(one.data).toEqual({ a: '1' });
  });

  it('knows no past before it was opened, nor beyond its limit', () => {
    store.put(MAPS, configMap('one'));
    store.close();
    store = open(2);
    expect(store.eventsAfter(0)).toBeUndefined();
    expect(store.eventsAfter(1)).toEqual([]);
    store.put(MAPS, configMap('two'));
    store.put(MAPS, configMap('three'));
    store.put(MAPS, configMap('four'));
    expect(store.eventsAfter(1)).toBeUndefined();
    expect(store.listAt(MAPS, undefined, 1)).toBeUndefined();
    expect(store.eventsAfter(2)?.map(({ version }) => version)).toEqual([3, 4]);
  });

  it('tells all listeners of writes in order, even of those that a listener makes', () => {
    const first: string[] = [];
    const second: string[] = [];
    store.subscribe(MAPS, ({ object }) => {
      first.push(object.metadata.name);
      if (object.metadata.name === 'one') {
        store.put(MAPS, configMap('made-by-listener'));
      }
    });
    store.subscribe(MAPS, ({ object }) => second.push(object.metadata.name));
    store.put(MAPS, configMap('one'));
    expect(first).toEqual(['one', 'made-by-listener']);
    expect(second).toEqual(['one', 'made-by-listener']);
  });

  it('goes on telling others when one listener throws', () => {
    const heard: string[] = [];
    store.subscribe(MAPS, () => {
      throw new Error('listener is broken');
    });
    store.subscribe(MAPS, ({ object }) => heard.push(object.metadata.name));
    store.put(MAPS, configMap('one'));
    expect(heard).toEqual(['one']);
    expect(failures).toEqual([new Error('listener is broken')]);
  });
});
