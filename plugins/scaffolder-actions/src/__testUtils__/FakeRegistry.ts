import { createHash, randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';

const sha256 = (content: Buffer) =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Stored {
  type: string;
  content: Buffer;
}

/**
 * An OCI registry in memory, on a port of its own: as much of the distribution
 * API as pulling a base image and pushing another one takes.
 */
export class FakeRegistry {
  /** Requests that were answered, as `METHOD path`. */
  readonly requests: string[] = [];
  /** Requires `Authorization` to be this on all routes but the token's. */
  requiredAuthorization: string | undefined;
  /** Set: `/v2/` refers to a token service that wants these credentials and hands this token out. */
  tokenService: { credentials: string; token: string } | undefined;
  /** Set: removals are answered with this status. */
  deleteStatus: number | undefined;
  /** Set: pushes are answered with this status. */
  pushStatus: number | undefined;

  private readonly blobs = new Map<string, Buffer>();
  private readonly manifests = new Map<string, Stored>();
  private readonly uploads = new Set<string>();
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch(error => {
      response.writeHead(500).end(String(error));
    });
  });

  static async start(): Promise<FakeRegistry> {
    const registry = new FakeRegistry();
    await new Promise<void>(resolve =>
      registry.server.listen(0, '127.0.0.1', resolve),
    );
    return registry;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts a small image there, such as a base image. */
  addImage(
    repository: string,
    tag: string,
    image: { os: string; architecture: string; layer: Buffer },
  ): void {
    const config = Buffer.from(
      JSON.stringify({
        os: image.os,
        architecture: image.architecture,
        config: { Env: ['NODE_VERSION=22'] },
        rootfs: { type: 'layers', diff_ids: [sha256(image.layer)] },
        history: [],
      }),
    );
    for (const blob of [config, image.layer]) {
      this.blobs.set(sha256(blob), blob);
    }
    const type = 'application/vnd.oci.image.manifest.v1+json';
    this.addManifest(repository, tag, type, {
      schemaVersion: 2,
      mediaType: type,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: sha256(config),
        size: config.length,
      },
      layers: [
        {
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
          digest: sha256(image.layer),
          size: image.layer.length,
        },
      ],
    });
  }

  addManifest(
    repository: string,
    reference: string,
    type: string,
    manifest: object,
  ): void {
    this.store(repository, reference, {
      type,
      content: Buffer.from(JSON.stringify(manifest)),
    });
  }

  /** Undefined: there is no such image. */
  manifest(repository: string, reference: string): object | undefined {
    const stored = this.manifests.get(`${repository}/${reference}`);
    return stored && JSON.parse(stored.content.toString());
  }

  blob(digest: string): Buffer | undefined {
    return this.blobs.get(digest);
  }

  /** Forgets an image, as a registry that cleans up does. */
  removeImages(repository: string): void {
    for (const key of this.manifests.keys()) {
      if (key.startsWith(`${repository}/`)) {
        this.manifests.delete(key);
      }
    }
  }

  private store(repository: string, reference: string, stored: Stored): void {
    this.manifests.set(`${repository}/${reference}`, stored);
    this.manifests.set(`${repository}/${sha256(stored.content)}`, stored);
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${this.host}`);
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}`);
    const send = (
      status: number,
      headers: Record<string, string | number> = {},
      content?: Buffer | string,
    ) => {
      response.writeHead(status, headers);
      response.end(method === 'HEAD' ? undefined : content);
    };

    if (url.pathname === '/token') {
      return request.headers.authorization === this.tokenService?.credentials
        ? send(200, {}, JSON.stringify({ token: this.tokenService?.token }))
        : send(401);
    }
    if (
      this.requiredAuthorization !== undefined &&
      request.headers.authorization !== this.requiredAuthorization
    ) {
      return send(401, {
        'www-authenticate':
          this.tokenService === undefined
            ? 'Basic realm="test"'
            : `Bearer realm="http://${this.host}/token",service="test"`,
      });
    }
    if (url.pathname === '/v2/') {
      return send(200, {}, '{}');
    }

    const [, listed] = /^\/v2\/(.+)\/tags\/list$/.exec(url.pathname) ?? [];
    if (listed !== undefined) {
      const tags = [...this.manifests.keys()].flatMap(key => {
        const tag = key.slice(listed.length + 1);
        return key === `${listed}/${tag}` && !tag.startsWith('sha256:')
          ? [tag]
          : [];
      });
      return tags.length === 0
        ? send(404)
        : send(200, {}, JSON.stringify({ name: listed, tags }));
    }
    const [, repository, kind, reference] =
      /^\/v2\/(.+)\/(manifests|blobs\/uploads|blobs)\/(.*)$/.exec(
        url.pathname,
      ) ?? [];
    const isWrite = ['POST', 'PUT', 'PATCH'].includes(method);
    if (isWrite && this.pushStatus !== undefined) {
      request.resume();
      return send(this.pushStatus, {}, 'refused');
    }
    switch (`${method} ${kind}`) {
      case 'GET manifests':
      case 'HEAD manifests': {
        const stored = this.manifests.get(`${repository}/${reference}`);
        return stored === undefined
          ? send(404)
          : send(
              200,
              {
                'content-type': stored.type,
                'content-length': stored.content.length,
                'docker-content-digest': sha256(stored.content),
              },
              stored.content,
            );
      }
      case 'DELETE manifests': {
        if (this.deleteStatus !== undefined) {
          return send(this.deleteStatus);
        }
        const removed = this.manifests.get(`${repository}/${reference}`);
        for (const [key, { content }] of this.manifests) {
          if (
            key.startsWith(`${repository}/`) &&
            sha256(content) === reference
          ) {
            this.manifests.delete(key);
          }
        }
        return send(removed === undefined ? 404 : 202);
      }
      case 'PUT manifests':
        this.store(repository, reference, {
          type: request.headers['content-type'] ?? '',
          content: await bodyOf(request),
        });
        return send(201);
      case 'GET blobs':
      case 'HEAD blobs': {
        const blob = this.blobs.get(reference);
        return blob === undefined
          ? send(404)
          : send(200, { 'content-length': blob.length }, blob);
      }
      case 'POST blobs/uploads': {
        const upload = randomUUID();
        this.uploads.add(upload);
        return send(202, {
          location: `/v2/${repository}/blobs/uploads/${upload}`,
        });
      }
      case 'PUT blobs/uploads': {
        const content = await bodyOf(request);
        const digest = url.searchParams.get('digest');
        if (!this.uploads.delete(reference) || digest !== sha256(content)) {
          return send(400, {}, 'digest does not match');
        }
        this.blobs.set(digest, content);
        return send(201);
      }
      case 'DELETE blobs/uploads':
        return send(this.uploads.delete(reference) ? 204 : 404);
      default:
        return send(404);
    }
  }
}
