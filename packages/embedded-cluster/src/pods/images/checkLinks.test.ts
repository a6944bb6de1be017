import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLinks } from './checkLinks';

describe('checkLinks', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-links-'));
  let count = 0;
  let root = '';

  beforeEach(() => {
    count += 1;
    root = join(directory, String(count), 'root');
    mkdirSync(join(root, 'a/b'), { recursive: true });
    writeFileSync(join(root, '..', 'outside'), '');
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const check = () => checkLinks(root, new AbortController().signal);

  it('lets links inside the image be: to files, folders, its root, to nothing and to themselves', async () => {
    symlinkSync('../../a', join(root, 'a/b/up'));
    symlinkSync('.', join(root, 'root'));
    symlinkSync('a/absent', join(root, 'dangling'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('a/b/up/b', join(root, 'chain'));
    await expect(check()).resolves.toBeUndefined();
  });

  it.each([
    ['to a file outside', '../outside', 'link'],
    ['to nothing outside', '../absent', 'link'],
    ['outside, from deeper', '../../../outside', 'a/b/link'],
    ['to the folder that only begins like the root', '../root-2', 'link'],
  ])('names a link %s', async (_what, target, link) => {
    symlinkSync(target, join(root, link));
    await expect(check()).rejects.toThrow(
      `the symbolic link "${link}" leads outside the image`,
    );
  });

  it('follows the links on the way: each stays inside, both together do not', async () => {
    symlinkSync('..', join(root, 'a/b/up'));
    await expect(check()).resolves.toBeUndefined();
    // By its text a/outside, really beside the root.
    symlinkSync('a/b/up/../../outside', join(root, 'both'));
    await expect(check()).rejects.toThrow('the symbolic link "both"');
  });
});
