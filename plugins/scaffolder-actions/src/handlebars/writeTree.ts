import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, isError } from '@backstage/errors';
import { RenderedFile } from './renderTree';

async function existingContent(path: string): Promise<Buffer | undefined> {
  try {
    const status = await fs.lstat(path);
    if (!status.isFile()) {
      throw new ConflictError(
        `${path} exists and is not a plain file; nothing was written`,
      );
    }
    return await fs.readFile(path);
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Writes rendered files below `directory`.
 *
 * A file that is there already with the same content is left alone, so that
 * this can be repeated; each file appears whole or not at all.
 *
 * @param options.replace - whether files with other content are overwritten. Default false.
 * @throws ConflictError that lists the files which are there with other content,
 *   before anything is written.
 * @throws NotAllowedError for a path that leads out of `directory`.
 */
export async function writeTree(options: {
  directory: string;
  files: readonly RenderedFile[];
  replace?: boolean;
  signal?: AbortSignal;
}): Promise<{ written: number; unchanged: number }> {
  const { directory, files, replace = false, signal } = options;
  await fs.mkdir(directory, { recursive: true });

  const changed: { target: string; file: RenderedFile }[] = [];
  const conflicts: string[] = [];
  for (const file of files) {
    signal?.throwIfAborted();
    const target = resolveSafeChildPath(directory, file.path);
    const existing = await existingContent(target);
    if (existing?.equals(file.content)) {
      continue;
    }
    changed.push({ target, file });
    if (existing !== undefined && !replace) {
      conflicts.push(file.path);
    }
  }
  if (conflicts.length > 0) {
    throw new ConflictError(
      `These files exist with other content: ${conflicts.join(
        ', ',
      )}. Nothing was written; set 'replace: true' to overwrite them, or choose another targetPath`,
    );
  }

  for (const { target, file } of changed) {
    signal?.throwIfAborted();
    await fs.mkdir(dirname(target), { recursive: true });
    const unfinished = `${target}.${randomUUID()}`;
    try {
      await fs.writeFile(unfinished, file.content, {
        mode: file.executable ? 0o755 : 0o644,
      });
      await fs.rename(unfinished, target);
    } finally {
      await fs.rm(unfinished, { force: true });
    }
  }
  return {
    written: changed.length,
    unchanged: files.length - changed.length,
  };
}
