import type { Readable } from 'node:stream';
import type { ImageLookup, ImageStore } from '../../ports/ImageStore';
import { parseManifest, type ImageManifest } from '../Manifest';
import { parseDigest, type Digest } from '../names';
import type { RegistryStorage } from '../storage/RegistryStorage';
import {
  DOCKER_HUB,
  parseImageReference,
  type ImageReference,
} from './parseImageReference';
import { readImageConfig } from './readImageConfig';

type Lookup<T> =
  | { status: 'found'; value: T }
  | { status: 'absent'; reason: string };

const absent = (reason: string) => ({ status: 'absent', reason } as const);

/** The images of the registry, as pods name them. */
export function createImageStore(options: {
  storage: RegistryStorage;
  /** The registry's own `host:port`. */
  address: string;
  /** What it was before, which stored pods may still name it by. */
  formerAddresses: readonly string[];
  /** As `os/architecture`. */
  platform: string;
  /** A base image that is always there, for a hint. */
  baseImage: string;
}): ImageStore {
  const { storage, address, formerAddresses, platform, baseImage } = options;
  const ownNames = new Set(
    [...formerAddresses, address].flatMap(name => [
      name,
      `localhost:${name.slice(name.lastIndexOf(':') + 1)}`,
    ]),
  );

  const missing = ({ registry, repository, reference }: ImageReference) => {
    const separator = reference.includes(':') ? '@' : ':';
    const name = `${registry}/${repository}${separator}${reference}`;
    if (ownNames.has(registry)) {
      return `${name} was not pushed to this registry; push it (the template's step publish:image does), or correct the name`;
    }
    return registry === DOCKER_HUB
      ? `${name} is not here, and the embedded cluster downloads no images; build on ${baseImage} and push to ${address}, or use a real cluster`
      : `${name} is in the registry ${registry}, and the embedded cluster runs images of its own registry only; push it to ${address}, or use a real cluster`;
  };

  /** The image's manifest for this platform. */
  const findManifest = async (
    repository: string,
    reference: string,
  ): Promise<
    Lookup<{ digest: Digest; manifest: ImageManifest }> | undefined
  > => {
    const found = await storage.findManifest(repository, reference);
    if (found === undefined) {
      return undefined;
    }
    const parsed = parseManifest(found.bytes, found.mediaType);
    if (parsed.kind === 'image') {
      return {
        status: 'found',
        value: { digest: found.digest, manifest: parsed.manifest },
      };
    }
    const platforms = parsed.manifest.manifests.map(entry => ({
      digest: entry.digest,
      name:
        entry.platform && `${entry.platform.os}/${entry.platform.architecture}`,
    }));
    const own = platforms.find(({ name }) => name === platform);
    return own === undefined
      ? absent(
          `${repository} ${reference} is there for ${platforms
            .map(({ name }) => name ?? 'an unnamed platform')
            .join(
              ', ',
            )}, and this machine is ${platform}; push it for ${platform} too`,
        )
      : findManifest(repository, own.digest);
  };

  return {
    async find(reference): Promise<ImageLookup> {
      const parsed = parseImageReference(reference);
      if (parsed === undefined) {
        return absent(
          `${JSON.stringify(
            reference,
          )} is no image's name; write it as ${address}/<name>:<tag>`,
        );
      }
      const isServed =
        ownNames.has(parsed.registry) || parsed.registry === DOCKER_HUB;
      const found = isServed
        ? await findManifest(parsed.repository, parsed.reference)
        : undefined;
      if (found === undefined) {
        return absent(missing(parsed));
      }
      if (found.status === 'absent') {
        return found;
      }
      const { digest, manifest } = found.value;
      const bytes = await storage.blobs.read(manifest.config.digest);
      const config = bytes && readImageConfig(bytes);
      if (config === undefined) {
        return absent(
          `${reference} is no container image: its configuration ${manifest.config.digest} cannot be read; push it again`,
        );
      }
      if (config.platform !== platform) {
        return absent(
          `${reference} is built for ${config.platform}, and this machine is ${platform}; build it for ${platform}`,
        );
      }
      return {
        status: 'found',
        image: {
          digest,
          config: config.config,
          layers: manifest.layers.map(layer => ({
            digest: layer.digest,
            mediaType: layer.mediaType,
            sizeBytes: layer.size,
          })),
        },
      };
    },

    openLayer(digest): Readable {
      return storage.blobs.stream(parseDigest(digest));
    },
  };
}
