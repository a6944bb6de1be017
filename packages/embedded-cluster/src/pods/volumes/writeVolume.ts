import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { VolumeFile } from './volumeFiles';

const CURRENT = '..data';

/**
 * Makes a volume's files what they are to be, all at one moment: they lie in a
 * folder of their own, and one link that is replaced leads there.
 */
export function writeVolume(
  folder: string,
  files: ReadonlyMap<string, VolumeFile>,
): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const before = readLink(join(folder, CURRENT));
  const version = nextVersion(before);
  const fresh = join(folder, version);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  for (const [path, { content, mode }] of files) {
    const real = join(fresh, path);
    mkdirSync(dirname(real), { recursive: true, mode: 0o700 });
    // Nobody but this machine's user, whatever the volume would allow in a pod.
    writeFileSync(real, content, { mode: mode & 0o700 });
  }
  const next = join(folder, '..data_next');
  rmSync(next, { force: true });
  symlinkSync(version, next);
  renameSync(next, join(folder, CURRENT));
  linkTopLevel(folder, files);
  if (before !== undefined) {
    rmSync(join(folder, before), { recursive: true, force: true });
  }
}

function linkTopLevel(
  folder: string,
  files: ReadonlyMap<string, VolumeFile>,
): void {
  const names = new Set([...files.keys()].map(path => path.split('/')[0]));
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('..') && !names.has(name)) {
      rmSync(join(folder, name), { force: true });
    }
  }
  for (const name of names) {
    const path = join(folder, name);
    if (!existsSync(path)) {
      rmSync(path, { force: true });
      symlinkSync(join(CURRENT, name), path);
    }
  }
}

function nextVersion(before: string | undefined): string {
  return `..${Number(before?.slice(2) ?? 0) + 1}`;
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
