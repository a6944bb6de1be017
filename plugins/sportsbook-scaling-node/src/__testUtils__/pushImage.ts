import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { z } from 'zod';

const BASE = 'library/node';
const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

const blobSchema = z.object({
  mediaType: z.string(),
  digest: z.string(),
  size: z.number(),
});
const indexSchema = z.object({
  manifests: z.array(
    z.object({
      digest: z.string(),
      platform: z.object({ architecture: z.string() }),
    }),
  ),
});
const manifestSchema = z.object({
  config: blobSchema,
  layers: z.array(blobSchema),
});
const configSchema = z.looseObject({
  config: z.looseObject({}),
  rootfs: z.object({
    type: z.literal('layers'),
    diff_ids: z.array(z.string()),
  }),
});

/**
 * Builds an image of a few files on the registry's own Node image, as a build
 * without Docker does, and pushes it.
 *
 * @returns its reference by digest
 */
export async function pushImage(options: {
  /** `host:port`, plain HTTP. */
  registry: string;
  repository: string;
  /** Contents by path. */
  files: Readonly<Record<string, string>>;
  entrypoint: readonly string[];
}): Promise<string> {
  const { registry, repository, files, entrypoint } = options;
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    const answer = await fetch(`http://${registry}/v2/${path}`, init);
    if (!answer.ok) {
      throw new Error(
        `${init?.method ?? 'GET'} ${path}: ${
          answer.status
        } ${await answer.text()}`,
      );
    }
    return answer;
  };
  const push = async (mediaType: string, bytes: Buffer) => {
    const digest = digestOf(bytes);
    await ask(`${repository}/blobs/uploads/?digest=${digest}`, {
      method: 'POST',
      body: bytes,
    });
    return { mediaType, digest, size: bytes.length };
  };

  const base = await readBase(ask);
  for (const { digest } of base.manifest.layers) {
    await ask(`${repository}/blobs/uploads/?mount=${digest}&from=${BASE}`, {
      method: 'POST',
    });
  }
  const layer = await layerOf(files);
  const { config, rootfs } = base.config;
  const image = {
    ...base.config,
    config: { ...config, Entrypoint: entrypoint, Cmd: [], WorkingDir: '/app' },
    rootfs: { ...rootfs, diff_ids: [...rootfs.diff_ids, digestOf(layer)] },
  };
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: await push(
      base.manifest.config.mediaType,
      Buffer.from(JSON.stringify(image)),
    ),
    layers: [...base.manifest.layers, await push(LAYER, layer)],
  });
  const digest = digestOf(manifest);
  await ask(`${repository}/manifests/${digest}`, {
    method: 'PUT',
    headers: { 'Content-Type': MANIFEST },
    body: manifest,
  });
  return `${registry}/${repository}@${digest}`;
}

async function readBase(
  ask: (path: string, init?: RequestInit) => Promise<Response>,
) {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const read = async (path: string): Promise<unknown> =>
    (await ask(path, { headers: { Accept: `${INDEX}, ${MANIFEST}` } })).json();
  const index = indexSchema.parse(await read(`${BASE}/manifests/22-slim`));
  const found = index.manifests.find(
    ({ platform }) => platform.architecture === architecture,
  );
  const manifest = manifestSchema.parse(
    await read(`${BASE}/manifests/${found?.digest}`),
  );
  const config = configSchema.parse(
    await read(`${BASE}/blobs/${manifest.config.digest}`),
  );
  return { manifest, config };
}

async function layerOf(
  files: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    tar.entry({ name, mtime: new Date(0) }, content);
  }
  tar.finalize();
  return buffer(tar);
}

function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
