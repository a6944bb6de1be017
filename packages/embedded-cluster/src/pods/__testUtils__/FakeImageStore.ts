import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { EMBEDDED_ONLY_LABEL, EMBEDDED_ONLY_VALUE } from '../../model/names';
import type {
  ImageLookup,
  ImageStore,
  StoredImage,
} from '../../ports/ImageStore';

export interface LayerFile {
  name: string;
  content?: string;
  type?: 'file' | 'directory' | 'symlink' | 'link' | 'character-device';
  linkname?: string;
  mode?: number;
}

/** A layer as it would be pushed. */
export async function layerOf(files: readonly LayerFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', type = 'file', ...header } of files) {
    tar.entry({ ...header, type }, content);
  }
  tar.finalize();
  return buffer(tar);
}

/** Images that a test makes of a few files. */
export class FakeImageStore implements ImageStore {
  readonly #images = new Map<string, StoredImage>();
  readonly #layers = new Map<string, Buffer>();

  async push(
    reference: string,
    layers: readonly (readonly LayerFile[])[],
    config: Partial<StoredImage['config']> = {},
  ): Promise<StoredImage> {
    const stored = await Promise.all(
      layers.map(async (files, index) => {
        const tar = await layerOf(files);
        // Both of the forms in which layers come.
        const gzip = index % 2 === 0;
        const bytes = gzip ? gzipSync(tar) : tar;
        const digest = digestOf(bytes);
        this.#layers.set(digest, bytes);
        return {
          digest,
          mediaType: `application/vnd.oci.image.layer.v1.tar${
            gzip ? '+gzip' : ''
          }`,
          sizeBytes: bytes.length,
        };
      }),
    );
    const image: StoredImage = {
      digest: digestOf(Buffer.from(JSON.stringify([stored, config]))),
      config: {
        env: ['PATH=/usr/local/bin:/usr/bin', 'NODE_VERSION=22.0.0'],
        entrypoint: ['docker-entrypoint.sh'],
        cmd: ['node'],
        workingDirectory: '/app',
        user: '',
        labels: { [EMBEDDED_ONLY_LABEL]: EMBEDDED_ONLY_VALUE },
        ...config,
      },
      layers: stored,
    };
    this.#images.set(reference, image);
    return image;
  }

  async find(reference: string): Promise<ImageLookup> {
    const image = this.#images.get(reference);
    return image
      ? { status: 'found', image }
      : { status: 'absent', reason: `${reference}: not found` };
  }

  openLayer(digest: string): Readable {
    return Readable.from([this.#layers.get(digest) ?? Buffer.alloc(0)]);
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
