import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMockDirectory } from '../../__testUtils__/createMockDirectory';
import { mockLogger } from '../../__testUtils__/mockLogger';
import { WorkFolders } from '../WorkFolders';
import { DependencyStore } from './DependencyStore';
import { KeptTrees } from './KeptTrees';

const HALF_A_MEGABYTE = 'x'.repeat(512 * 1024);

describe('DependencyStore', () => {
  const place = createMockDirectory();
  const target = createMockDirectory();
  const { signal } = new AbortController();
  let opened: DependencyStore[] = [];
  let work: WorkFolders;
  /** Keys in the order in which they were installed. */
  let installed: string[];
  let targets = 0;

  beforeEach(async () => {
    place.clear();
    installed = [];
    work = await WorkFolders.open({
      directory: place.path,
      environment: {},
      logger: mockLogger(),
    });
  });
  afterEach(async () => {
    await Promise.all(opened.map(store => store.close()));
    await work.settled();
    opened = [];
  });

  function open(maxMegabytes = 10): DependencyStore {
    const store = new DependencyStore({
      work,
      kept: new KeptTrees({ work, maxMegabytes }),
      logger: mockLogger(),
    });
    opened.push(store);
    return store;
  }

  function newTarget(): string {
    targets += 1;
    return join(target.path, String(targets));
  }

  const installOf = (key: string, content: string) => async (tree: string) => {
    installed.push(key);
    mkdirSync(join(tree, 'express'), { recursive: true });
    writeFileSync(join(tree, 'express/index.js'), content, { mode: 0o755 });
  };

  async function placed(
    store: DependencyStore,
    key = 'a',
    content = `of ${key}`,
  ) {
    const path = newTarget();
    const placement = await store.place({
      key,
      target: path,
      install: installOf(key, content),
      signal,
    });
    return { placement, index: join(path, 'express/index.js') };
  }

  const keptIndex = (key: string) =>
    join(place.path, 'trees', key, 'tree/express/index.js');

  it('installs once, and then takes the copy that was made ahead', async () => {
    const store = open();
    const first = await placed(store);
    await store.settled();
    const second = await placed(store);
    expect([first.placement, second.placement]).toEqual(['installed', 'spare']);
    expect(installed).toEqual(['a']);
    expect(readFileSync(second.index, 'utf8')).toBe('of a');
    expect(statSync(second.index).mode & 0o777).toBe(0o755);
  });

  it('lets no build change what another one gets', async () => {
    const store = open();
    const first = await placed(store);
    writeFileSync(first.index, 'changed by the first build');
    await store.settled();
    const second = await placed(store);
    writeFileSync(second.index, 'changed by the second build');
    const third = await placed(store);
    expect(readFileSync(third.index, 'utf8')).toBe('of a');
    expect(readFileSync(keptIndex('a'), 'utf8')).toBe('of a');
  });

  it('finds what a backend before has kept', async () => {
    await placed(open());
    await opened[0].close();
    const { placement } = await placed(open());
    expect(placement).toBe('copied');
    expect(installed).toEqual(['a']);
  });

  it('keeps trees of different keys apart', async () => {
    const store = open();
    await placed(store, 'a');
    expect((await placed(store, 'b')).placement).toBe('installed');
    expect(installed).toEqual(['a', 'b']);
  });

  it.each([
    ['changed', () => writeFileSync(keptIndex('a'), 'of b')],
    ['cut off', () => writeFileSync(keptIndex('a'), '')],
    [
      'half removed',
      () => place.addContent({ trees: { a: { tree: { more: '' } } } }),
    ],
    [
      'described by half a file',
      () => writeFileSync(join(place.path, 'trees/a/about.json'), '{"dig'),
    ],
  ])('installs anew what was %s on the disk', async (_, damage) => {
    await placed(open());
    await opened[0].close();
    damage();
    const { placement, index } = await placed(open());
    expect(placement).toBe('installed');
    expect(readFileSync(index, 'utf8')).toBe('of a');
    expect(readFileSync(keptIndex('a'), 'utf8')).toBe('of a');
  });

  it('installs once for all who ask at the same time', async () => {
    const store = open();
    const all = await Promise.all([
      placed(store),
      placed(store),
      placed(store),
    ]);
    expect(installed).toEqual(['a']);
    expect(all.map(({ index }) => readFileSync(index, 'utf8'))).toEqual([
      'of a',
      'of a',
      'of a',
    ]);
  });

  it('lets a build that comes early join the installation that goes on', async () => {
    const store = open();
    let finish = () => {};
    const preparing = store.prepare({
      key: 'a',
      install: async tree => {
        await new Promise<void>(resolve => {
          finish = resolve;
        });
        await installOf('a', 'of a')(tree);
      },
      signal,
    });
    await sleep(50);
    const building = placed(store);
    await sleep(50);
    finish();
    expect((await building).placement).toBe('installed');
    await preparing;
    expect(installed).toEqual(['a']);
  });

  it('keeps nothing of an installation that failed or was cancelled', async () => {
    const store = open();
    await expect(
      store.place({
        key: 'a',
        target: newTarget(),
        install: async tree => {
          await installOf('a', 'half')(tree);
          throw new Error('no network');
        },
        signal,
      }),
    ).rejects.toThrow('no network');
    const controller = new AbortController();
    const cancelled = store.place({
      key: 'a',
      target: newTarget(),
      install: (_, shared) =>
        new Promise((_resolve, reject) => {
          shared.addEventListener('abort', () => reject(shared.reason));
        }),
      signal: controller.signal,
    });
    await sleep(50);
    controller.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
    expect(existsSync(join(place.path, 'trees/a'))).toBe(false);
    expect((await placed(store)).placement).toBe('installed');
  });

  it('removes what was not used for longest when there is too much', async () => {
    const store = open(2);
    for (const key of ['a', 'b', 'c']) {
      await placed(store, key, HALF_A_MEGABYTE);
    }
    await store.settled();
    await sleep(20);
    await placed(store, 'a', HALF_A_MEGABYTE);
    for (const key of ['d', 'e']) {
      await placed(store, key, HALF_A_MEGABYTE);
    }
    await store.settled();
    expect(readdirSync(join(place.path, 'trees')).sort()).toEqual([
      'a',
      'c',
      'd',
      'e',
    ]);
  });

  it('gives a build its tree, even one that is too big to be kept', async () => {
    const store = open(1);
    const { index } = await placed(store, 'a', HALF_A_MEGABYTE.repeat(3));
    await store.settled();
    expect(statSync(index).size).toBeGreaterThan(1024 * 1024);
    expect(readdirSync(join(place.path, 'trees'))).toEqual([]);
  });

  it('leaves nothing but what it keeps', async () => {
    const store = open();
    await placed(store);
    await store.close();
    await work.settled();
    expect(readdirSync(join(place.path, 'work'))).toEqual([]);
    expect(readdirSync(join(place.path, 'trees'))).toEqual(['a']);
  });
});
