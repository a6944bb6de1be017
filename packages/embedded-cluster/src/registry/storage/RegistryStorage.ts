import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Clock } from '../../model/Clock';
import { parseManifest, referencesOf, type Manifest } from '../Manifest';
import { isDigest, type Digest } from '../names';
import { RegistryError } from '../RegistryError';
import { BlobStore } from './BlobStore';
import { Repositories } from './Repositories';
import { Uploads } from './Uploads';

const UNREFERENCED_KEPT_MILLISECONDS = 86_400_000;

export interface StoredManifest {
  digest: Digest;
  mediaType: string;
  bytes: Buffer;
}

/** All that the registry keeps, in one folder. */
export class RegistryStorage {
  readonly blobs: BlobStore;
  readonly uploads: Uploads;
  readonly repositories: Repositories;
  readonly #clock: Clock;

  constructor(options: {
    directory: string;
    clock: Clock;
    maxBlobBytes: number;
  }) {
    this.blobs = new BlobStore(options.directory);
    this.uploads = new Uploads({ ...options, blobs: this.blobs });
    this.repositories = new Repositories(options.directory);
    this.#clock = options.clock;
  }

  async open(): Promise<void> {
    await this.blobs.open();
    await this.uploads.open();
    await this.repositories.open();
  }

  /** Stores a whole blob that is in memory, which is small. */
  async putBlob(repository: string, bytes: Buffer): Promise<Digest> {
    const digest = digestOf(bytes);
    if ((await this.blobs.sizeBytes(digest)) === undefined) {
      const id = this.uploads.begin(repository);
      await this.uploads.append({ repository, id }, Readable.from([bytes]));
      await this.uploads.finish(repository, id, digest);
    }
    return digest;
  }

  /** @param reference - a tag or a digest */
  async findManifest(
    repository: string,
    reference: string,
  ): Promise<StoredManifest | undefined> {
    const entry = await this.repositories.resolve(repository, reference);
    const bytes = entry && (await this.blobs.read(entry.digest));
    return bytes && { ...entry, bytes };
  }

  /**
   * @throws RegistryError MANIFEST_INVALID, DIGEST_INVALID, or
   * MANIFEST_BLOB_UNKNOWN for a manifest that names what was not pushed
   */
  async putManifest(options: {
    repository: string;
    reference: string;
    mediaType: string;
    bytes: Buffer;
  }): Promise<Digest> {
    const { repository, reference, mediaType, bytes } = options;
    const digest = digestOf(bytes);
    if (isDigest(reference) && reference !== digest) {
      throw new RegistryError(
        'DIGEST_INVALID',
        `provided digest did not match uploaded content: it has ${digest}, not ${reference}`,
      );
    }
    await this.#assertComplete(repository, parseManifest(bytes, mediaType));
    await this.putBlob(repository, bytes);
    await this.repositories.link(repository, { digest, mediaType });
    if (!isDigest(reference)) {
      await this.repositories.tag(repository, reference, digest);
    }
    return digest;
  }

  /** @returns false when there is none */
  async deleteManifest(
    repository: string,
    reference: string,
  ): Promise<boolean> {
    const found = await this.findManifest(repository, reference);
    if (found === undefined) {
      return false;
    }
    if (!isDigest(reference)) {
      await this.repositories.untag(repository, reference);
      return true;
    }
    const now = new Date(this.#clock.now());
    const manifest = parseManifest(found.bytes, found.mediaType);
    for (const digest of [found.digest, ...referencesOf(manifest)]) {
      await this.blobs.touch(digest, now);
    }
    await this.repositories.unlink(repository, reference);
    return true;
  }

  /**
   * Removes blobs that no manifest has needed for 24 hours. Manifests without
   * a tag count, because pods name images by digest.
   *
   * @returns how many
   */
  async collectGarbage(): Promise<number> {
    const needed = new Set<Digest>();
    for (const repository of await this.repositories.names()) {
      for (const digest of await this.repositories.manifests(repository)) {
        const found = await this.findManifest(repository, digest);
        if (found !== undefined) {
          needed.add(digest);
          referencesOf(parseManifest(found.bytes, found.mediaType)).forEach(
            each => needed.add(each),
          );
        }
      }
    }
    const before = this.#clock.now() - UNREFERENCED_KEPT_MILLISECONDS;
    const garbage = (await this.blobs.all()).filter(
      blob => !needed.has(blob.digest) && blob.modifiedMilliseconds < before,
    );
    for (const { digest } of garbage) {
      await this.blobs.remove(digest);
    }
    return garbage.length;
  }

  async #assertComplete(repository: string, parsed: Manifest): Promise<void> {
    for (const digest of referencesOf(parsed)) {
      const there =
        parsed.kind === 'index'
          ? await this.repositories.resolve(repository, digest)
          : await this.blobs.sizeBytes(digest);
      if (there === undefined) {
        throw new RegistryError(
          'MANIFEST_BLOB_UNKNOWN',
          `the manifest names ${digest}, which was not pushed to ${repository}; push it first`,
        );
      }
    }
  }
}

function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
