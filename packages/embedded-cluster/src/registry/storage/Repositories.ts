import { randomUUID } from 'node:crypto';
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { hexOf, isDigest, isTag, type Digest } from '../names';
import { isMissing } from './isMissing';

const MANIFESTS = '_manifests';
const TAGS = '_tags';

/**
 * Which manifests and tags a repository has: `<directory>/repositories/<name>/`
 * with `_manifests/<hex>`, which holds the media type, and `_tags/<tag>`, which
 * holds the digest. No part of a repository's name begins with `_`. Manifests
 * themselves are blobs.
 */
export class Repositories {
  readonly #root: string;

  constructor(directory: string) {
    this.#root = join(directory, 'repositories');
  }

  async open(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
  }

  /** Names of the repositories with a manifest, sorted. */
  async names(): Promise<string[]> {
    const entries = await readdir(this.#root, {
      recursive: true,
      withFileTypes: true,
    });
    const found = new Set(
      entries
        .filter(entry => entry.isFile())
        .map(entry => entry.parentPath)
        .filter(path => path.endsWith(`${sep}${MANIFESTS}`))
        .map(path => relative(this.#root, dirname(path)).replaceAll(sep, '/')),
    );
    return [...found].sort();
  }

  /** Sorted. */
  async tags(repository: string): Promise<string[]> {
    return (await this.#list(join(this.#root, repository, TAGS)))
      .filter(isTag)
      .sort();
  }

  async manifests(repository: string): Promise<Digest[]> {
    return (await this.#list(join(this.#root, repository, MANIFESTS)))
      .map(name => `sha256:${name}`)
      .filter(isDigest);
  }

  /** The digest of a tag or, where it is one of the repository's, of a digest. */
  async resolve(
    repository: string,
    reference: string,
  ): Promise<{ digest: Digest; mediaType: string } | undefined> {
    const digest = isDigest(reference)
      ? reference
      : await this.#read(join(this.#root, repository, TAGS, reference));
    if (digest === undefined || !isDigest(digest)) {
      return undefined;
    }
    const mediaType = await this.#read(this.#manifestPath(repository, digest));
    return mediaType === undefined ? undefined : { digest, mediaType };
  }

  async link(
    repository: string,
    manifest: { digest: Digest; mediaType: string },
  ): Promise<void> {
    const { digest, mediaType } = manifest;
    await this.#write(this.#manifestPath(repository, digest), mediaType);
  }

  async tag(repository: string, tag: string, digest: Digest): Promise<void> {
    await this.#write(join(this.#root, repository, TAGS, tag), digest);
  }

  async untag(repository: string, tag: string): Promise<void> {
    await rm(join(this.#root, repository, TAGS, tag), { force: true });
  }

  /** Removes a manifest and the tags that name it. */
  async unlink(repository: string, digest: Digest): Promise<void> {
    for (const tag of await this.tags(repository)) {
      if ((await this.resolve(repository, tag))?.digest === digest) {
        await this.untag(repository, tag);
      }
    }
    await rm(this.#manifestPath(repository, digest), { force: true });
  }

  #manifestPath(repository: string, digest: Digest): string {
    return join(this.#root, repository, MANIFESTS, hexOf(digest));
  }

  async #list(directory: string): Promise<string[]> {
    return readdir(directory).catch(error => {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    });
  }

  async #read(path: string): Promise<string | undefined> {
    return readFile(path, 'utf8').catch(error => {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    });
  }

  async #write(path: string, content: string): Promise<void> {
    if ((await this.#read(path)) === content) {
      return;
    }
    const directory = dirname(path);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // Beside the folder, so that no listing shows it.
    const draft = join(dirname(directory), `_draft-${randomUUID()}`);
    await writeFile(draft, content, { mode: 0o600 });
    await rename(draft, path);
  }
}
