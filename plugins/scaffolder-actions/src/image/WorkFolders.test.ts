import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  utimesSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockLogger } from '../__testUtils__/mockLogger';
import { WorkFolders } from './WorkFolders';

/** No process has it: larger than the largest of Linux. */
const NOBODY = 2 ** 30;

describe('WorkFolders', () => {
  const place = createMockDirectory();
  const open = (directory: string | undefined) =>
    WorkFolders.open({
      directory,
      environment: { XDG_CACHE_HOME: join(place.path, 'caches') },
      logger: mockLogger(),
    });
  const inCaches = () => join(place.path, 'caches/backstage-publish-image');
  beforeEach(() => place.clear());

  it('removes what processes have left that are gone, and nothing else', async () => {
    const work = join(place.path, 'builds/work');
    const old = new Date(Date.now() - 48 * 3_600_000);
    const names = {
      dead: `${hostname()}-${NOBODY}-aaaaaa`,
      alive: `${hostname()}-${process.pid}-bbbbbb`,
      elsewhere: 'other-host-1-cccccc',
      elsewhereLongAgo: 'other-host-1-dddddd',
    };
    Object.values(names).forEach(name =>
      mkdirSync(join(work, name, 'source'), { recursive: true }),
    );
    utimesSync(join(work, names.elsewhereLongAgo), old, old);
    const folders = await open(join(place.path, 'builds'));
    await folders.settled();
    expect(readdirSync(work).sort()).toEqual(
      [names.alive, names.elsewhere].sort(),
    );
  });

  it('gives each build a folder of its own, and takes it back', async () => {
    const folders = await open(join(place.path, 'builds'));
    const [first, second] = [await folders.make(), await folders.make()];
    expect(first).not.toBe(second);
    folders.discard(first);
    await folders.settled();
    expect([first, second].map(path => existsSync(path))).toEqual([
      false,
      true,
    ]);
  });

  it('refuses a folder into which others may put files', async () => {
    const shared = join(place.path, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    await expect(open(shared)).rejects.toThrow(
      /Other users of this machine may write to .*shared, .*sportsbookScaling\.image\.buildDirectory/,
    );
  });

  it('works among the caches of the user where nothing else is configured', async () => {
    // Elsewhere the system names the place, and it is not a test's to use.
    const directory = process.platform === 'linux' ? undefined : inCaches();
    const folders = await open(directory);
    expect(folders.root).toBe(inCaches());
  });
});
