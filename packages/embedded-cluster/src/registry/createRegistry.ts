import { createServer } from 'node:http';
import { systemClock, type Clock } from '../model/Clock';
import type { ImageStore } from '../ports/ImageStore';
import {
  BASE_IMAGE,
  installBaseImage,
  isBaseRepository,
} from './baseImage/installBaseImage';
import { serveRegistry } from './http/serveRegistry';
import { createImageStore } from './images/createImageStore';
import { imageArchitecture } from './images/imageArchitecture';
import { rememberAddress } from './images/rememberAddress';
import { RegistryStorage } from './storage/RegistryStorage';

/** No layer of a Node service comes near. */
const MAX_BLOB_BYTES = 4 * 1024 ** 3;
/** Slow disks: a request may take that long. */
const REQUEST_MILLISECONDS = 1_800_000;
const CLOSE_MILLISECONDS = 2_000;

export interface RegistryOptions {
  /** Everything that is pushed is kept below. */
  directory: string;
  /** Default `127.0.0.1`, the only one there is. */
  host?: '127.0.0.1';
  /** 0: whichever is free. */
  port: number;
  /** Of the Node that runs pods, with or without `v`. Default: this process's. */
  nodeVersion?: string;
  /** Architecture of this machine as Node names it. Default `process.arch`. */
  architecture?: string;
  log: (line: string) => void;
  clock?: Clock;
  /** Default 4 GiB. */
  maxBlobBytes?: number;
}

export interface Registry {
  /** `host:port`, as images are named after it. */
  address: string;
  images: ImageStore;
  /** Ends the connections, unfinished uploads too. */
  close(): Promise<void>;
}

/**
 * An OCI registry on loopback, over plain HTTP and without credentials: for the
 * pods of the embedded cluster and for what builds their images. It has one
 * image of its own, the base image `node:22-slim`.
 *
 * @throws Error when the port is taken or the folder cannot be written
 */
export async function createRegistry(
  options: RegistryOptions,
): Promise<Registry> {
  const { directory, host = '127.0.0.1', port, log } = options;
  const clock = options.clock ?? systemClock;
  const nodeVersion = (options.nodeVersion ?? process.version).replace(
    /^v/,
    '',
  );
  const architecture = imageArchitecture(options.architecture ?? process.arch);
  const storage = new RegistryStorage({
    directory,
    clock,
    maxBlobBytes: options.maxBlobBytes ?? MAX_BLOB_BYTES,
  });
  await storage.open();
  await installBaseImage({
    storage,
    nodeVersion,
    architectures: [...new Set(['amd64', 'arm64', architecture])],
  });
  const removed = await storage.collectGarbage();
  if (removed > 0) {
    log(`registry: removed ${removed} blobs that no image needs`);
  }

  const server = createServer(
    { requestTimeout: REQUEST_MILLISECONDS },
    serveRegistry({ storage, isBuiltIn: isBaseRepository, log }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address();
  const address = `${host}:${
    typeof bound === 'object' && bound !== null ? bound.port : port
  }`;

  const formerAddresses = await rememberAddress(directory, address);

  return {
    address,
    images: createImageStore({
      storage,
      address,
      formerAddresses,
      platform: `linux/${architecture}`,
      baseImage: BASE_IMAGE,
    }),
    async close() {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeIdleConnections();
      const cancel = systemClock.after(CLOSE_MILLISECONDS, () =>
        server.closeAllConnections(),
      );
      await closed;
      cancel();
      await storage.uploads.close();
    },
  };
}
