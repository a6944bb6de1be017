import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { entryPath, linkTarget } from './entryPath';

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

type LayerEntry = Extract extends AsyncIterable<infer Entry> ? Entry : never;

/**
 * Lays one layer over what is in the folder already: files replace files,
 * whiteouts remove. Nothing is written outside of the folder: links lead
 * inside, and a path that goes through one is taken for where it really is.
 * Devices are left out, and nobody's setuid bits are kept.
 *
 * @throws Error naming the entry that cannot be unpacked
 */
export async function unpackLayer(options: {
  layer: Readable;
  mediaType: string;
  folder: string;
  signal: AbortSignal;
}): Promise<void> {
  const { layer, mediaType, signal } = options;
  const tar = extract();
  const unpacked = (async () => {
    const target = {
      root: realpathSync(options.folder),
      own: new Set<string>(),
    };
    for await (const entry of tar) {
      await unpackEntry(entry, target);
    }
  })();
  const decompress = decompressor(mediaType);
  await Promise.all([
    decompress
      ? pipeline(layer, decompress, tar, { signal })
      : pipeline(layer, tar, { signal }),
    unpacked,
  ]);
}

interface Target {
  root: string;
  /** What this layer has written: an opaque folder hides only what lay below. */
  own: Set<string>;
}

function decompressor(mediaType: string) {
  if (/[.+]gzip$/.test(mediaType)) {
    return createGunzip();
  }
  return mediaType.endsWith('+zstd') ? createZstdDecompress() : undefined;
}

async function unpackEntry(entry: LayerEntry, target: Target): Promise<void> {
  const { name, type, mode, linkname } = entry.header;
  const named = entryPath(name);
  if (named === '') {
    entry.resume();
    return;
  }
  const base = posix.basename(named);
  const parent = makeFolder(target, posix.dirname(named));
  if (base.startsWith(WHITEOUT)) {
    hide(target, parent, base);
    entry.resume();
    return;
  }
  const real = join(parent, base);
  const path = relative(target.root, real);
  target.own.add(path);
  switch (type) {
    case 'directory':
      if (lstatSync(real, { throwIfNoEntry: false })?.isDirectory() !== true) {
        rmSync(real, { recursive: true, force: true });
        mkdirSync(real);
      }
      // Ours to read, list and remove, whatever the image says.
      chmodSync(real, (mode & 0o777) | 0o700);
      break;
    case 'symlink':
      rmSync(real, { recursive: true, force: true });
      symlinkSync(linkTarget(path, linkname), real);
      break;
    case 'link': {
      const linked = entryPath(linkname);
      const folder = makeFolder(target, posix.dirname(linked));
      const source = join(folder, posix.basename(linked));
      // Of another depth, the same relative link would lead elsewhere.
      if (lstatSync(source, { throwIfNoEntry: false })?.isSymbolicLink()) {
        throw new Error(
          `layer entry "${name}" is a hard link to the symbolic link "${linked}": the embedded cluster does not unpack these`,
        );
      }
      rmSync(real, { recursive: true, force: true });
      linkSync(source, real);
      break;
    }
    case 'file':
    case 'contiguous-file': {
      rmSync(real, { recursive: true, force: true });
      const file = openSync(real, 'wx', (mode & 0o777) | 0o600);
      try {
        for await (const chunk of entry) {
          if (!Buffer.isBuffer(chunk)) {
            throw new Error(`layer entry "${name}" is not made of bytes`);
          }
          writeSync(file, chunk);
        }
      } finally {
        closeSync(file);
      }
      return;
    }
    default:
      // Devices and pipes: no program for Node needs them, and they need root.
      break;
  }
  entry.resume();
}

/** What a layer below has is not to be seen: one entry, or all of a folder. */
function hide({ root, own }: Target, parent: string, base: string): void {
  const hidden =
    base === OPAQUE
      ? readdirSync(parent)
      : [posix.basename(entryPath(base.slice(WHITEOUT.length)))];
  for (const name of hidden) {
    const real = join(parent, name);
    if (name !== '' && (base !== OPAQUE || !own.has(relative(root, real)))) {
      rmSync(real, { recursive: true, force: true });
    }
  }
}

/**
 * The real folder of an entry, made where it is absent, as layers may leave
 * out folders that a layer below has.
 */
function makeFolder({ root, own }: Target, path: string): string {
  let real = root;
  for (const part of path === '.' ? [] : path.split('/')) {
    real = join(real, part);
    const found = lstatSync(real, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) {
      real = realpathSync(real);
      if (real !== root && !real.startsWith(`${root}${sep}`)) {
        throw new Error(`layer entry below "${path}" leads outside the image`);
      }
    } else if (found?.isDirectory() !== true) {
      rmSync(real, { force: true });
      mkdirSync(real);
      own.add(relative(root, real));
    }
  }
  return real;
}
