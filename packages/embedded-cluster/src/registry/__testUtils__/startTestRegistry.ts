import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, type Registry, type RegistryOptions } from '..';

export const sha256 = (bytes: Buffer | string) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export interface TestRegistry extends Registry {
  directory: string;
  logged: string[];
  call(path: string, init?: RequestInit): Promise<Response>;
  /** A blob in one request. @returns its digest */
  pushBlob(repository: string, bytes: Buffer | string): Promise<string>;
  /** An image of one layer. @returns the manifest's digest */
  pushImage(options: {
    repository: string;
    reference?: string;
    layer: Buffer;
    config?: unknown;
  }): Promise<string>;
  /** The same folder, a new process. */
  restart(options?: Partial<RegistryOptions>): Promise<void>;
  /** Closes it and removes the folder. */
  remove(): Promise<void>;
}

/** A real registry on a free port. */
export async function startTestRegistry(
  given: Partial<RegistryOptions> = {},
): Promise<TestRegistry> {
  const directory = await mkdtemp(join(tmpdir(), 'registry-'));
  const logged: string[] = [];
  const open = (options: Partial<RegistryOptions>) =>
    createRegistry({
      directory,
      port: 0,
      nodeVersion: '22.1.0',
      architecture: 'x64',
      log: line => logged.push(line),
      ...given,
      ...options,
    });
  let registry = await open({});
  const call: TestRegistry['call'] = (path, init) =>
    fetch(`http://${registry.address}${path}`, init);

  const pushBlob: TestRegistry['pushBlob'] = async (repository, bytes) => {
    const digest = sha256(bytes);
    const answer = await call(
      `/v2/${repository}/blobs/uploads/?digest=${digest}`,
      { method: 'POST', body: bytes },
    );
    expect(answer.status).toBe(201);
    return digest;
  };

  return {
    get address() {
      return registry.address;
    },
    get images() {
      return registry.images;
    },
    close: () => registry.close(),
    directory,
    logged,
    call,
    pushBlob,
    async pushImage({ repository, reference, layer, config = {} }) {
      const configBytes = JSON.stringify({
        os: 'linux',
        architecture: 'amd64',
        config,
      });
      const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: {
          mediaType: 'application/vnd.oci.image.config.v1+json',
          digest: await pushBlob(repository, configBytes),
          size: configBytes.length,
        },
        layers: [
          {
            mediaType: 'application/vnd.oci.image.layer.v1.tar',
            digest: await pushBlob(repository, layer),
            size: layer.length,
          },
        ],
      });
      const digest = sha256(manifest);
      const answer = await call(
        `/v2/${repository}/manifests/${reference ?? digest}`,
        {
          method: 'PUT',
          body: manifest,
          headers: {
            'content-type': 'application/vnd.oci.image.manifest.v1+json',
          },
        },
      );
      expect(answer.status).toBe(201);
      return digest;
    },
    async restart(options = {}) {
      await registry.close();
      registry = await open(options);
    },
    async remove() {
      await registry.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As fetch, which sends neither a foreign `Host` nor what only browsers send. */
export async function callWithHeaders(
  address: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request(`http://${address}${path}`, { headers }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', chunk => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}
