import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ResourceType } from '../../model/ResourceType';
import { VERSION_SUFFIX } from '../../model/names';
import type { ApiServices } from '../ApiServerOptions';
import { send } from '../answer/send';
import type { Exchange } from '../request/Exchange';
import { definitionDocument } from './definitionDocument';
import { secondVersion } from './secondVersion';

const INDEX = '/openapi/v3';

const recordedSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** OpenAPI documents: those of built-in kinds as recorded, those of definitions from their schemas. */
export class OpenApi {
  readonly #services: Pick<ApiServices, 'objects' | 'openapi' | 'version'>;
  readonly #stop: () => void;
  /** Documents are made when they are asked for; their hashes are needed by the index. */
  readonly #hashes = new Map<string, string>();

  constructor(services: Pick<ApiServices, 'objects' | 'openapi' | 'version'>) {
    this.#services = services;
    this.#stop = services.objects.onTypesChanged(() => this.#hashes.clear());
  }

  close(): void {
    this.#stop();
  }

  /** @returns false for a path that it does not have */
  async answer(exchange: Exchange): Promise<boolean> {
    const { path } = exchange.info;
    if (path === '/openapi/v2') {
      await send(exchange, {
        code: 200,
        ...secondVersion(
          `${this.#services.version.gitVersion}${VERSION_SUFFIX}`,
          exchange.request.headers.accept,
        ),
      });
      return true;
    }
    if (path === INDEX || path === `${INDEX}/`) {
      await send(exchange, {
        code: 200,
        body: JSON.stringify(this.#index()),
      });
      return true;
    }
    if (!path.startsWith(`${INDEX}/`)) {
      return false;
    }
    return await this.#answerDocument(exchange, path.slice(INDEX.length + 1));
  }

  #index(): unknown {
    const custom = this.#customPaths();
    return {
      paths: Object.fromEntries(
        [...this.#recordedPaths(), ...custom.keys()].sort().map(path => [
          path,
          {
            serverRelativeURL: `${INDEX}/${path}?hash=${this.#hash(path)}`,
          },
        ]),
      ),
    };
  }

  async #answerDocument(exchange: Exchange, path: string): Promise<boolean> {
    const hash = this.#hash(path);
    if (hash === undefined) {
      return false;
    }
    const etag = `"${hash}"`;
    const asked = exchange.query.get('hash');
    const headers = {
      ETag: etag,
      Vary: 'Accept',
      // A client that names the hash may keep the document for good.
      'Cache-Control':
        asked === hash ? 'public, immutable' : 'no-cache, private',
    };
    if (exchange.request.headers['if-none-match'] === etag) {
      exchange.response.writeHead(304, headers).end();
      return true;
    }
    const body = this.#document(path);
    if (body === undefined) {
      return false;
    }
    await send(exchange, { code: 200, body, headers });
    return true;
  }

  #recordedPaths(): readonly string[] {
    return this.#services.openapi.paths();
  }

  /** Groups and versions of definitions, by the path of their document. */
  #customPaths(): Map<string, ResourceType[]> {
    const found = new Map<string, ResourceType[]>();
    for (const type of this.#services.objects.types()) {
      if (type.custom) {
        const path = `apis/${type.group}/${type.version}`;
        found.set(path, [...(found.get(path) ?? []), type]);
      }
    }
    return found;
  }

  #hash(path: string): string | undefined {
    const recorded = this.#services.openapi.hash(path);
    if (recorded !== undefined) {
      return recorded;
    }
    let hash = this.#hashes.get(path);
    if (hash === undefined) {
      const body = this.#document(path);
      if (body !== undefined) {
        hash = createHash('sha512').update(body).digest('hex').toUpperCase();
        this.#hashes.set(path, hash);
      }
    }
    return hash;
  }

  #document(path: string): Buffer | undefined {
    const recorded = this.#services.openapi.document(path);
    if (recorded !== undefined) {
      return recorded;
    }
    const types = this.#customPaths().get(path);
    return (
      types &&
      Buffer.from(
        JSON.stringify(definitionDocument(types, this.#recordedSchemas())),
      )
    );
  }

  /** Of the shortest document that describes metadata: all that have kinds do. */
  #recordedSchemas(): Readonly<Record<string, unknown>> {
    const body = this.#services.openapi.document('apis/policy/v1');
    return body === undefined
      ? {}
      : recordedSchema.parse(JSON.parse(body.toString())).components.schemas;
  }
}
