import { createReadStream } from 'node:fs';
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { hexOf, isDigest, type Digest } from '../names';
import { isMissing } from './isMissing';

/** Blobs by digest: `<directory>/blobs/sha256/<hex>`, each there whole or not at all. */
export class BlobStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = join(directory, 'blobs', 'sha256');
  }

  async open(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  /** Undefined: there is no such blob. */
  async sizeBytes(digest: Digest): Promise<number | undefined> {
    try {
      return (await stat(this.#path(digest))).size;
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** The whole of a small blob; undefined: there is no such blob. */
  async read(digest: Digest): Promise<Buffer | undefined> {
    return readFile(this.#path(digest)).catch(error => {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    });
  }

  /** @param range - first and last byte, both included */
  stream(digest: Digest, range?: { start: number; end: number }): Readable {
    return createReadStream(this.#path(digest), range);
  }

  /** Takes over a file of the same file system whose digest has been verified. */
  async adopt(file: string, digest: Digest): Promise<void> {
    await rename(file, this.#path(digest));
  }

  /** Begins the time anew after which an unreferenced blob is removed. */
  async touch(digest: Digest, now: Date): Promise<void> {
    await utimes(this.#path(digest), now, now).catch(error => {
      if (!isMissing(error)) {
        throw error;
      }
    });
  }

  async all(): Promise<{ digest: Digest; modifiedMilliseconds: number }[]> {
    const names = await readdir(this.#directory);
    const blobs = await Promise.all(
      names.map(async name => {
        const digest = `sha256:${name}`;
        return isDigest(digest)
          ? {
              digest,
              modifiedMilliseconds: (await stat(this.#path(digest))).mtimeMs,
            }
          : [];
      }),
    );
    return blobs.flat();
  }

  async remove(digest: Digest): Promise<void> {
    await rm(this.#path(digest), { force: true });
  }

  #path(digest: Digest): string {
    return join(this.#directory, hexOf(digest));
  }
}
