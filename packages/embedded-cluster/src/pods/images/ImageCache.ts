import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { EMBEDDED_ONLY_LABEL, EMBEDDED_ONLY_VALUE } from '../../model/names';
import type { ImageStore, StoredImage } from '../../ports/ImageStore';
import { checkLinks } from './checkLinks';
import { unpackLayer } from './unpackLayer';

const UNFINISHED = '.unfinished-';

/** An image that containers can be started from. */
export interface UnpackedImage {
  digest: string;
  config: StoredImage['config'];
  root: string;
}

export type ImageAnswer =
  | { status: 'found'; image: StoredImage }
  | { status: 'absent'; reason: string };

/** Images as folders, shared by all containers and never changed: `<directory>/<digest>`. */
export class ImageCache {
  readonly #directory: string;
  readonly #store: ImageStore;
  readonly #closing = new AbortController();
  readonly #unpacking = new Map<string, Promise<string>>();

  constructor(directory: string, store: ImageStore) {
    this.#directory = directory;
    this.#store = store;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(directory)) {
      if (name.startsWith(UNFINISHED)) {
        rmSync(join(directory, name), { recursive: true, force: true });
      }
    }
  }

  /** Resolves when nothing is being unpacked any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#unpacking.values());
  }

  find(reference: string): Promise<ImageAnswer> {
    return this.#store.find(reference);
  }

  isUnpacked({ digest }: StoredImage): boolean {
    return existsSync(this.#path(digest));
  }

  /** Unpacks it unless that was done before; once for all who wait for it, so that no pod's end stops it. */
  async unpack(image: StoredImage): Promise<UnpackedImage> {
    const { digest, config } = image;
    if (this.isUnpacked(image)) {
      return { digest, config, root: this.#path(digest) };
    }
    let running = this.#unpacking.get(digest);
    if (!running) {
      running = this.#unpack(image).finally(() =>
        this.#unpacking.delete(digest),
      );
      this.#unpacking.set(digest, running);
    }
    return { digest, config, root: await running };
  }

  async #unpack(image: StoredImage): Promise<string> {
    const { signal } = this.#closing;
    const path = this.#path(image.digest);
    const folder = join(
      this.#directory,
      `${UNFINISHED}${fileName(image.digest)}`,
    );
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    try {
      for (const { digest, mediaType } of image.layers) {
        const layer = this.#store.openLayer(digest);
        await unpackLayer({ layer, mediaType, folder, signal });
      }
      await checkLinks(folder, signal);
      renameSync(folder, path);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    return path;
  }

  #path(digest: string): string {
    return join(this.#directory, fileName(digest));
  }
}

function fileName(digest: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new Error(`"${digest}" is no digest of an image`);
  }
  return digest.slice('sha256:'.length);
}

/**
 * Whether an image's program is one for Node: made on the built-in base image,
 * which says so, or on one of Node's own, which name their version.
 */
export function isNodeImage({ config }: Pick<StoredImage, 'config'>): boolean {
  return (
    config.labels[EMBEDDED_ONLY_LABEL] === EMBEDDED_ONLY_VALUE ||
    config.env.some(pair => pair.startsWith('NODE_VERSION='))
  );
}
