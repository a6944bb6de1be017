import type { IncomingMessage, ServerResponse } from 'node:http';
import { RegistryError } from '../RegistryError';

/** https://github.com/opencontainers/distribution-spec allows a registry to stop there. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** One request and its answer. */
export class Exchange {
  readonly query: URLSearchParams;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly url: URL,
  ) {
    this.query = url.searchParams;
  }

  /** True where the answer has no body. */
  get isHead(): boolean {
    return this.request.method === 'HEAD';
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  /** @throws RegistryError SIZE_INVALID above 4 MiB */
  async readManifest(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of this.request) {
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_MANIFEST_BYTES) {
        throw new RegistryError(
          'SIZE_INVALID',
          `a manifest may have ${MAX_MANIFEST_BYTES} bytes`,
          { status: 413 },
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  send(status: number, headers: Record<string, string | number> = {}): void {
    this.response.writeHead(status, { 'content-length': 0, ...headers }).end();
  }

  sendJson(
    status: number,
    value: unknown,
    headers: Record<string, string> = {},
  ): void {
    this.sendBytes(status, Buffer.from(JSON.stringify(value)), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  sendBytes(
    status: number,
    bytes: Buffer,
    headers: Record<string, string>,
  ): void {
    this.response
      .writeHead(status, { ...headers, 'content-length': bytes.length })
      .end(this.isHead ? undefined : bytes);
  }
}
