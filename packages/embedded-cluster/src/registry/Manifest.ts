import { z } from 'zod';
import { isDigest, type Digest } from './names';
import { RegistryError } from './RegistryError';

/** https://github.com/opencontainers/image-spec, and Docker's version 2 of the same. */
export const OCI = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;
const DOCKER = {
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;

const INDEX_TYPES: readonly string[] = [OCI.index, DOCKER.index];
const MANIFEST_TYPES: readonly string[] = [OCI.manifest, DOCKER.manifest];

const digest = z.custom<Digest>(
  value => typeof value === 'string' && isDigest(value),
  'is no sha256 digest',
);
const descriptor = z.object({
  mediaType: z.string(),
  digest,
  size: z.number().int().nonnegative(),
});

const imageSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  config: descriptor,
  layers: z.array(descriptor.extend({ urls: z.array(z.string()).optional() })),
});

const indexSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  manifests: z.array(
    descriptor.extend({
      platform: z
        .object({ os: z.string(), architecture: z.string() })
        .optional(),
    }),
  ),
});

export type ImageManifest = z.infer<typeof imageSchema>;
export type ImageIndex = z.infer<typeof indexSchema>;

export type Manifest =
  | { kind: 'image'; manifest: ImageManifest }
  | { kind: 'index'; manifest: ImageIndex };

/** @throws RegistryError MANIFEST_INVALID */
export function parseManifest(bytes: Buffer, mediaType: string): Manifest {
  const invalid = (why: string, cause?: unknown) =>
    new RegistryError('MANIFEST_INVALID', why, { cause });
  const isIndex = INDEX_TYPES.includes(mediaType);
  if (!isIndex && !MANIFEST_TYPES.includes(mediaType)) {
    throw invalid(
      `manifests of the type ${JSON.stringify(
        mediaType,
      )} are not kept here; push one of ${[
        ...MANIFEST_TYPES,
        ...INDEX_TYPES,
      ].join(', ')}`,
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw invalid('the manifest is no JSON', error);
  }
  const read = (isIndex ? indexSchema : imageSchema).safeParse(content);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(`${issue.path.join('.')}: ${issue.message}`, read.error);
  }
  const { data } = read;
  if (data.mediaType !== undefined && data.mediaType !== mediaType) {
    throw invalid(
      `the manifest says that it is ${data.mediaType}, and the request that it is ${mediaType}`,
    );
  }
  return 'manifests' in data
    ? { kind: 'index', manifest: data }
    : { kind: 'image', manifest: data };
}

/** The blobs and manifests that a manifest cannot do without. */
export function referencesOf(parsed: Manifest): Digest[] {
  if (parsed.kind === 'index') {
    return parsed.manifest.manifests.map(entry => entry.digest);
  }
  const { config, layers } = parsed.manifest;
  return [
    config.digest,
    // Layers with addresses of their own are fetched there.
    ...layers.filter(layer => !layer.urls?.length).map(layer => layer.digest),
  ];
}
