import { EMBEDDED_ONLY_LABEL, EMBEDDED_ONLY_VALUE } from '../../model/names';
import { OCI } from '../Manifest';
import type { Digest } from '../names';
import type { RegistryStorage } from '../storage/RegistryStorage';
import { packLayer } from './packLayer';
import { refusingProgram } from './refusingProgram';

/** Both spellings that people use for Docker Hub's image when they name a registry. */
const REPOSITORIES = ['library/node', 'node'] as const;

export const BASE_IMAGE = 'node:22-slim';

const MESSAGE =
  'This image holds no Node: it runs only in the embedded cluster that it was built for, with that process’s own. Build it on a real node image to run it elsewhere.';

/** Whether a repository is one of the base image's. */
export function isBaseRepository(repository: string): boolean {
  return REPOSITORIES.some(name => name === repository);
}

/** Tags that the official image has for this version too, and the one that this project's templates build on. */
function tagsOf(nodeVersion: string): string[] {
  const [major] = nodeVersion.split('.');
  return [
    ...new Set(
      ['22', major, nodeVersion].flatMap(version => [
        version,
        `${version}-slim`,
      ]),
    ),
  ];
}

async function layerFor(architecture: string): Promise<Buffer> {
  const program = refusingProgram(architecture, MESSAGE);
  const directory = (name: string) =>
    ({ name, type: 'directory', mode: 0o755 } as const);
  const executable = (name: string) =>
    ({ name, type: 'file', mode: 0o755, content: program } as const);
  return packLayer([
    directory('usr/'),
    directory('usr/local/'),
    directory('usr/local/bin/'),
    // The official image's entry point, by which this one would be started elsewhere.
    executable('usr/local/bin/docker-entrypoint.sh'),
    executable('usr/local/bin/node'),
  ]);
}

function configFor(options: {
  architecture: string;
  nodeVersion: string;
  layer: Digest;
}): Buffer {
  const { architecture, nodeVersion, layer } = options;
  const created = new Date(0).toISOString();
  return Buffer.from(
    JSON.stringify({
      created,
      architecture,
      os: 'linux',
      config: {
        Env: [
          'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          `NODE_VERSION=${nodeVersion}`,
        ],
        Entrypoint: ['docker-entrypoint.sh'],
        Cmd: ['node'],
        Labels: { [EMBEDDED_ONLY_LABEL]: EMBEDDED_ONLY_VALUE },
      },
      rootfs: { type: 'layers', diff_ids: [layer] },
      history: [{ created, created_by: 'embedded-cluster', comment: MESSAGE }],
    }),
  );
}

/**
 * Puts the built-in base image into the registry: named and configured as the
 * official Node image, with a `node` that says where it runs instead of one that
 * is downloaded. The same version of Node gives the same digests. Images built on
 * it inherit the label by which the kubelet starts them with its own Node.
 */
export async function installBaseImage(options: {
  storage: RegistryStorage;
  /** Without `v`. */
  nodeVersion: string;
  architectures: readonly string[];
}): Promise<void> {
  const { storage, nodeVersion, architectures } = options;
  for (const repository of REPOSITORIES) {
    const manifests: { digest: Digest; [field: string]: unknown }[] = [];
    for (const architecture of architectures) {
      const layer = await layerFor(architecture);
      const layerDigest = await storage.putBlob(repository, layer);
      const config = configFor({
        architecture,
        nodeVersion,
        layer: layerDigest,
      });
      const bytes = Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: OCI.manifest,
          config: {
            mediaType: OCI.config,
            digest: await storage.putBlob(repository, config),
            size: config.length,
          },
          layers: [
            { mediaType: OCI.layer, digest: layerDigest, size: layer.length },
          ],
        }),
      );
      const digest = await put(storage, repository, OCI.manifest, bytes);
      manifests.push({
        mediaType: OCI.manifest,
        digest,
        size: bytes.length,
        platform: { os: 'linux', architecture },
      });
    }
    const index = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: OCI.index, manifests }),
    );
    const digest = await put(storage, repository, OCI.index, index);
    await keepOnly(storage, repository, {
      manifests: [digest, ...manifests.map(entry => entry.digest)],
      tags: tagsOf(nodeVersion),
    });
    for (const tag of tagsOf(nodeVersion)) {
      await storage.repositories.tag(repository, tag, digest);
    }
  }
}

/** Takes away what the version of Node that ran before has left. */
async function keepOnly(
  { repositories }: RegistryStorage,
  repository: string,
  kept: { manifests: readonly Digest[]; tags: readonly string[] },
): Promise<void> {
  for (const tag of await repositories.tags(repository)) {
    if (!kept.tags.includes(tag)) {
      await repositories.untag(repository, tag);
    }
  }
  for (const digest of await repositories.manifests(repository)) {
    if (!kept.manifests.includes(digest)) {
      await repositories.unlink(repository, digest);
    }
  }
}

/** Stores a manifest by its own digest, without a tag. */
async function put(
  storage: RegistryStorage,
  repository: string,
  mediaType: string,
  bytes: Buffer,
): Promise<Digest> {
  const digest = await storage.putBlob(repository, bytes);
  return storage.putManifest({
    repository,
    reference: digest,
    mediaType,
    bytes,
  });
}
