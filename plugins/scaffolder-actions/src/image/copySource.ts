import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';

/** Never part of a source: made anew, or none of a build's business. */
const LEFT_OUT = new Set(['node_modules', '.git', '.DS_Store']);

async function copyFolder(options: {
  source: string;
  target: string;
  below: string;
  record: (path: string, mode: number, content: Buffer) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { source, target, below, record, signal } = options;
  await fs.mkdir(join(target, below), { recursive: true });
  const entries = await fs.readdir(join(source, below), {
    withFileTypes: true,
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    signal.throwIfAborted();
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (LEFT_OUT.has(entry.name)) {
      continue;
    }
    if (entry.isDirectory()) {
      await copyFolder({ ...options, below: path });
    } else if (entry.isFile()) {
      const content = await fs.readFile(join(source, path));
      const { mode } = await fs.stat(join(source, path));
      const kept = (mode & 0o111) === 0 ? 0o644 : 0o755;
      await fs.writeFile(join(target, path), content, { mode: kept });
      record(path, kept, content);
    } else {
      throw new InputError(
        `${path} is neither a file nor a folder; an image is built of those alone`,
      );
    }
  }
}

/**
 * Copies the source of a service, without what is installed or made.
 *
 * @returns a digest of all paths, modes and contents, as hexadecimal digits:
 *   the same for the same source, whenever it is copied.
 */
export async function copySource(options: {
  source: string;
  target: string;
  signal: AbortSignal;
}): Promise<string> {
  const digest = createHash('sha256');
  await copyFolder({
    ...options,
    below: '',
    record: (path, mode, content) =>
      digest.update(
        JSON.stringify([
          path,
          mode,
          createHash('sha256').update(content).digest('hex'),
        ]),
      ),
  });
  return digest.digest('hex');
}
