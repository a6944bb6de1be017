import { readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { writeTree } from './writeTree';

const file = (path: string, content: string, executable = false) => ({
  path,
  content: Buffer.from(content),
  executable,
});

describe('writeTree', () => {
  const target = createMockDirectory();
  beforeEach(() => target.clear());

  it('writes files with their folders and modes', async () => {
    const directory = target.resolve('new');
    expect(
      await writeTree({
        directory,
        files: [file('a/b.txt', 'b'), file('run.sh', 'r', true)],
      }),
    ).toEqual({ written: 2, unchanged: 0 });
    expect(target.content()).toEqual({
      new: { a: { 'b.txt': 'b' }, 'run.sh': 'r' },
    });
    expect(statSync(target.resolve('new/run.sh')).mode & 0o100).toBe(0o100);
    expect(statSync(target.resolve('new/a/b.txt')).mode & 0o111).toBe(0);
  });

  it('refuses to overwrite other content, lists it all, and writes nothing', async () => {
    target.setContent({ 'a.txt': 'mine', 'b.txt': 'mine', 'c.txt': 'c' });
    await expect(
      writeTree({
        directory: target.path,
        files: [
          file('a.txt', 'a'),
          file('b.txt', 'b'),
          file('c.txt', 'c'),
          file('d.txt', 'd'),
        ],
      }),
    ).rejects.toThrow(/other content: a\.txt, b\.txt\. Nothing was written/);
    expect(target.content()).toEqual({
      'a.txt': 'mine',
      'b.txt': 'mine',
      'c.txt': 'c',
    });
  });

  it('overwrites with replace, and can be repeated without it', async () => {
    target.setContent({ 'a.txt': 'mine' });
    const files = [file('a.txt', 'a'), file('b.txt', 'b')];
    await writeTree({ directory: target.path, files, replace: true });
    expect(target.content()).toEqual({ 'a.txt': 'a', 'b.txt': 'b' });
    expect(await writeTree({ directory: target.path, files })).toEqual({
      written: 0,
      unchanged: 2,
    });
  });

  it('writes nothing outside of its folder, not through links either', async () => {
    target.setContent({ inside: {}, outside: { 'x.txt': 'x' } });
    symlinkSync(target.resolve('outside'), target.resolve('inside/link'));
    symlinkSync(
      target.resolve('outside/x.txt'),
      target.resolve('inside/file.txt'),
    );
    for (const path of ['../outside/y.txt', 'link/y.txt', 'file.txt']) {
      await expect(
        writeTree({
          directory: target.resolve('inside'),
          files: [file(path, 'y')],
          replace: true,
        }),
      ).rejects.toThrow(/not allowed|not a plain file|outside/i);
    }
    expect(readdirSync(target.resolve('outside'))).toEqual(['x.txt']);
    expect(readFileSync(target.resolve('outside/x.txt'), 'utf8')).toBe('x');
  });
});
