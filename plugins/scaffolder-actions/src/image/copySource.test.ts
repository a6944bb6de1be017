import { chmodSync, statSync, symlinkSync } from 'node:fs';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { copySource } from './copySource';
import { normaliseModes } from './normaliseModes';

describe('copySource', () => {
  const source = createMockDirectory();
  const target = createMockDirectory();
  const copy = () => {
    target.clear();
    return copySource({
      source: source.path,
      target: target.resolve('copy'),
      signal: new AbortController().signal,
    });
  };
  const project = { 'a.txt': 'a', src: { 'b.txt': 'b' } };

  it('copies all but what is installed and the history', async () => {
    source.setContent({
      ...project,
      node_modules: { 'c.txt': 'c' },
      src: { 'b.txt': 'b', node_modules: { 'd.txt': 'd' } },
      '.git': { 'HEAD.txt': 'ref' },
    });
    await copy();
    expect(target.content()).toEqual({ copy: project });
  });

  it('gives a digest that follows paths, contents and modes, and nothing else', async () => {
    source.setContent(project);
    const digest = await copy();
    expect(await copy()).toBe(digest);

    chmodSync(source.resolve('a.txt'), 0o600);
    expect(await copy()).toBe(digest);
    chmodSync(source.resolve('a.txt'), 0o755);
    expect(await copy()).not.toBe(digest);

    source.setContent({ 'a.txt': 'b', src: { 'b.txt': 'a' } });
    expect(await copy()).not.toBe(digest);
    source.setContent({ 'a.txt': 'a', lib: { 'b.txt': 'b' } });
    expect(await copy()).not.toBe(digest);
  });

  it('refuses symbolic links', async () => {
    source.setContent(project);
    symlinkSync('/etc/passwd', source.resolve('src/passwd'));
    await expect(copy()).rejects.toThrow(
      'src/passwd is neither a file nor a folder',
    );
  });
});

describe('normaliseModes', () => {
  const directory = createMockDirectory();
  it('makes everything readable, keeps programs executable, and takes write access from others', async () => {
    directory.setContent({ bin: { run: 'x', 'data.txt': 'y' } });
    chmodSync(directory.resolve('bin/run'), 0o700);
    chmodSync(directory.resolve('bin/data.txt'), 0o666);
    chmodSync(directory.resolve('bin'), 0o777);
    await normaliseModes(directory.path);
    expect(
      ['bin', 'bin/run', 'bin/data.txt'].map(
        path => statSync(directory.resolve(path)).mode & 0o777,
      ),
    ).toEqual([0o755, 0o755, 0o644]);
  });
});
