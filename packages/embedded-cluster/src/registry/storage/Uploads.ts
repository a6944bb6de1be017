import { createHash, randomUUID, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../model/Clock';
import type { Digest } from '../names';
import { RegistryError } from '../RegistryError';
import type { BlobStore } from './BlobStore';

const MAX_OPEN_UPLOADS = 256;
const IDLE_MILLISECONDS = 3_600_000;

interface Upload {
  readonly id: string;
  readonly repository: string;
  readonly file: string;
  readonly hash: Hash;
  sizeBytes: number;
  busy: boolean;
  cancelExpiry: () => void;
}

/**
 * Blobs on their way in: each is a file that grows, hashed as it comes, so that
 * none is held in memory or read twice. Uploads end with the process, and an
 * hour after the last byte; clients begin anew.
 */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #directory: string;
  readonly #blobs: BlobStore;
  readonly #clock: Clock;
  readonly #maxBlobBytes: number;

  constructor(options: {
    directory: string;
    blobs: BlobStore;
    clock: Clock;
    maxBlobBytes: number;
  }) {
    this.#directory = join(options.directory, 'uploads');
    this.#blobs = options.blobs;
    this.#clock = options.clock;
    this.#maxBlobBytes = options.maxBlobBytes;
  }

  async open(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#uploads.values()].map(upload => this.#discard(upload)),
    );
  }

  /** @throws RegistryError TOOMANYREQUESTS */
  begin(repository: string): string {
    if (this.#uploads.size >= MAX_OPEN_UPLOADS) {
      throw new RegistryError(
        'TOOMANYREQUESTS',
        `${MAX_OPEN_UPLOADS} uploads are open; finish or delete one, or wait an hour`,
      );
    }
    const id = randomUUID();
    const upload: Upload = {
      id,
      repository,
      file: join(this.#directory, id),
      hash: createHash('sha256'),
      sizeBytes: 0,
      busy: false,
      cancelExpiry: () => {},
    };
    this.#uploads.set(id, upload);
    this.#expireLater(upload);
    return id;
  }

  /** Bytes that have come. @throws RegistryError BLOB_UPLOAD_UNKNOWN */
  sizeBytes(repository: string, id: string): number {
    return this.#get(repository, id).sizeBytes;
  }

  /**
   * Adds bytes; a failure ends the upload, because what of them was kept is unknown.
   *
   * @param place - with where the client says that they begin, and how many they are
   * @returns bytes that have come in all
   */
  async append(
    place: {
      repository: string;
      id: string;
      startBytes?: number;
      lengthBytes?: number;
    },
    body: Readable,
  ): Promise<number> {
    const upload = this.#get(place.repository, place.id);
    this.#assertIdle(upload);
    if (
      place.startBytes !== undefined &&
      place.startBytes !== upload.sizeBytes
    ) {
      throw new RegistryError(
        'BLOB_UPLOAD_INVALID',
        `the bytes begin at ${place.startBytes}, and ${upload.sizeBytes} have come`,
        { status: 416 },
      );
    }
    if (upload.sizeBytes + (place.lengthBytes ?? 0) > this.#maxBlobBytes) {
      await this.#discard(upload);
      throw this.#tooLarge();
    }
    upload.busy = true;
    try {
      await pipeline(
        body,
        this.#measure(upload),
        createWriteStream(upload.file, {
          flags: 'a',
          mode: 0o600,
          flush: true,
        }),
      );
    } catch (error) {
      await this.#discard(upload);
      throw error;
    }
    upload.busy = false;
    this.#expireLater(upload);
    return upload.sizeBytes;
  }

  /** @throws RegistryError DIGEST_INVALID when the bytes have another digest; the upload ends with it */
  async finish(repository: string, id: string, digest: Digest): Promise<void> {
    const upload = this.#get(repository, id);
    this.#assertIdle(upload);
    upload.busy = true;
    const actual = `sha256:${upload.hash.digest('hex')}`;
    if (actual !== digest) {
      await this.#discard(upload);
      throw new RegistryError(
        'DIGEST_INVALID',
        `provided digest did not match uploaded content: it has ${actual}, not ${digest}`,
      );
    }
    await this.#blobs.adopt(upload.file, digest);
    await this.#discard(upload);
  }

  /** @throws RegistryError BLOB_UPLOAD_UNKNOWN */
  async cancel(repository: string, id: string): Promise<void> {
    await this.#discard(this.#get(repository, id));
  }

  #get(repository: string, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.repository !== repository) {
      throw new RegistryError(
        'BLOB_UPLOAD_UNKNOWN',
        'there is no such upload; begin a new one',
      );
    }
    return upload;
  }

  #assertIdle(upload: Upload): void {
    if (upload.busy) {
      throw new RegistryError(
        'BLOB_UPLOAD_INVALID',
        'another request writes to this upload; wait for its answer',
        { status: 409 },
      );
    }
  }

  #measure(upload: Upload): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, callback) => {
        upload.sizeBytes += chunk.length;
        if (upload.sizeBytes > this.#maxBlobBytes) {
          callback(this.#tooLarge());
          return;
        }
        upload.hash.update(chunk);
        callback(null, chunk);
      },
    });
  }

  #tooLarge(): RegistryError {
    return new RegistryError(
      'SIZE_INVALID',
      `a blob may have ${this.#maxBlobBytes} bytes; make the image smaller`,
      { status: 413 },
    );
  }

  #expireLater(upload: Upload): void {
    upload.cancelExpiry();
    upload.cancelExpiry = this.#clock.after(IDLE_MILLISECONDS, () => {
      if (upload.busy) {
        this.#expireLater(upload);
      } else {
        void this.#discard(upload).catch(() => undefined);
      }
    });
  }

  async #discard(upload: Upload): Promise<void> {
    upload.cancelExpiry();
    this.#uploads.delete(upload.id);
    await rm(upload.file, { force: true });
  }
}
