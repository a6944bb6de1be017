import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { layerOf, type LayerFile } from '../__testUtils__/FakeImageStore';
import { unpackLayer } from './unpackLayer';

describe('unpackLayer', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-layers-'));
  let folder = '';
  let count = 0;

  beforeEach(() => {
    count += 1;
    folder = join(directory, String(count), 'root');
    mkdirSync(folder, { recursive: true });
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function unpack(files: readonly LayerFile[]): Promise<void> {
    await unpackLayer({
      layer: Readable.from([await layerOf(files)]),
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      folder,
      signal: new AbortController().signal,
    });
  }

  const read = (path: string) => readFileSync(join(folder, path), 'utf8');

  it('writes files, folders and links, with modes but without setuid', async () => {
    await unpack([
      { name: './app/', type: 'directory', mode: 0o755 },
      { name: './app/run', content: 'run', mode: 0o4755 },
      { name: '/app/absolute', content: 'absolute' },
      { name: 'deep/er/file', content: 'deep' },
      { name: 'app/same', type: 'link', linkname: 'app/run' },
      { name: 'app/relative', type: 'symlink', linkname: '../deep/er/file' },
      { name: 'app/rooted', type: 'symlink', linkname: '/deep/er/file' },
      { name: 'app/null', type: 'character-device' },
    ]);
    expect([
      read('app/run'),
      read('app/absolute'),
      read('app/same'),
      read('app/relative'),
      read('app/rooted'),
    ]).toEqual(['run', 'absolute', 'run', 'deep', 'deep']);
    // eslint-disable-next-line no-bitwise
    expect(statSync(join(folder, 'app/run')).mode & 0o7777).toBe(0o755);
    expect(existsSync(join(folder, 'app/null'))).toBe(false);
    expect(readlinkSync(join(folder, 'app/rooted'))).toBe('../deep/er/file');
  });

  it('lays layers over each other, with whiteouts', async () => {
    await unpack([
      { name: 'app/kept', content: 'kept' },
      { name: 'app/gone', content: 'gone' },
      { name: 'app/changed', content: 'before' },
      { name: 'opaque/old', content: 'old' },
      { name: 'file', content: 'was a file' },
    ]);
    await unpack([
      { name: 'app/.wh.gone' },
      { name: 'app/changed', content: 'after' },
      { name: 'opaque/new', content: 'new' },
      { name: 'opaque/.wh..wh..opq' },
      { name: 'file/inside', content: 'is a folder' },
    ]);
    expect(readdirSync(join(folder, 'app')).sort()).toEqual([
      'changed',
      'kept',
    ]);
    expect(read('app/changed')).toBe('after');
    expect(readdirSync(join(folder, 'opaque'))).toEqual(['new']);
    expect(read('file/inside')).toBe('is a folder');
  });

  it.each<[string, LayerFile[]]>([
    ['a path', [{ name: '../outside' }]],
    ['a path behind others', [{ name: 'a/../../outside' }]],
    [
      'a symbolic link',
      [{ name: 'link', type: 'symlink', linkname: '../outside' }],
    ],
    [
      'a deep symbolic link',
      [{ name: 'a/b/link', type: 'symlink', linkname: '../../../outside' }],
    ],
    ['a hard link', [{ name: 'link', type: 'link', linkname: '../outside' }]],
    ['a whiteout', [{ name: 'a/.wh...' }]],
  ])('refuses %s that leads outside', async (_what, files) => {
    const outside = join(folder, '..', 'outside');
    writeFileSync(outside, 'untouched');
    await expect(unpack(files)).rejects.toThrow('leads outside the image');
    expect(readFileSync(outside, 'utf8')).toBe('untouched');
  });

  it('refuses a hard link to a symbolic link, which would lead elsewhere', async () => {
    await expect(
      unpack([
        { name: 'a/b/link', type: 'symlink', linkname: '../../secret' },
        { name: 'link', type: 'link', linkname: 'a/b/link' },
      ]),
    ).rejects.toThrow('is a hard link to the symbolic link "a/b/link"');
  });

  it('does not write through a symbolic link that leads outside', async () => {
    const outside = join(folder, '..', 'elsewhere');
    mkdirSync(outside);
    symlinkSync(outside, join(folder, 'link'));
    await expect(unpack([{ name: 'link/file', content: 'x' }])).rejects.toThrow(
      'leads outside the image',
    );
    expect(readdirSync(outside)).toEqual([]);
  });

  it('follows a link to a folder of the image, and judges what lies there by where it really is', async () => {
    await unpack([
      { name: 'usr/bin', type: 'directory' },
      { name: 'bin', type: 'symlink', linkname: 'usr/bin' },
      { name: 'bin/tool', content: 'tool' },
      { name: 'usr/up', type: 'symlink', linkname: '..' },
    ]);
    expect(read('usr/bin/tool')).toBe('tool');
    await expect(
      unpack([{ name: 'usr/up/evil', type: 'symlink', linkname: '../x' }]),
    ).rejects.toThrow('leads outside the image');
  });

  it('fails for bytes that are no layer', async () => {
    await expect(
      unpackLayer({
        layer: Readable.from([Buffer.from('no gzip')]),
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        folder,
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow('incorrect header check');
  });
});
