import { ImageRegistryError } from './registry/ImageRegistryError';
import { RegistryClient, RepositoryAccess } from './registry/RegistryClient';

/** @throws ImageRegistryError unless the base image is there for the platform. */
export async function assertBaseImage(options: {
  client: RegistryClient;
  access: RepositoryAccess;
  tag: string;
  /** As `os/architecture`. */
  platform: string;
  signal: AbortSignal;
}): Promise<void> {
  const { client, access, tag, platform, signal } = options;
  const platforms = await client.platforms(access, tag, { signal });
  if (!platforms.includes(platform)) {
    throw new ImageRegistryError(
      `Registry ${client.registry} has the base image ${
        access.repository
      }:${tag} for ${platforms.join(
        ', ',
      )}, and the nodes of the cluster are ${platform}; set a base image for that platform in sportsbookScaling.image.baseImage`,
      client.registry,
      'missing',
    );
  }
}
