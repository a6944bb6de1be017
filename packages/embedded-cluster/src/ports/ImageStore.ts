import type { Readable } from 'node:stream';

/** An image of the built-in registry, ready to be unpacked. */
export interface StoredImage {
  /** `sha256:...` of the manifest for this machine's platform. */
  digest: string;
  config: {
    env: readonly string[];
    entrypoint: readonly string[];
    cmd: readonly string[];
    workingDirectory: string;
    user: string;
    labels: Readonly<Record<string, string>>;
  };
  /** Bottom first. */
  layers: readonly { digest: string; mediaType: string; sizeBytes: number }[];
}

export type ImageLookup =
  | { status: 'found'; image: StoredImage }
  /** The reference names another registry, or nothing of this name was pushed. @see reason */
  | { status: 'absent'; reason: string };

/** What the built-in registry holds, for those who run it. */
export interface ImageStore {
  /** @param reference - as in a pod, such as `127.0.0.1:5000/sportsbook/odds-api@sha256:...` or `node:22-slim` */
  find(reference: string): Promise<ImageLookup>;
  /** A layer's bytes as pushed (gzip or plain tar). */
  openLayer(digest: string): Readable;
}
