import { createHash } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const BLOCK_BYTES = 512;

/** A header and the content of one file, as `tar` writes them. */
function tarEntry(path: string, content: Buffer): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, digits: number) =>
    `${value.toString(8).padStart(digits - 1, '0')}\0`;
  header.write(path, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(content.length, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  const padding = Buffer.alloc(-content.length & (BLOCK_BYTES - 1));
  return Buffer.concat([header, content, padding]);
}

function tarball(files: Record<string, string>): Buffer {
  return gzipSync(
    Buffer.concat([
      ...Object.entries(files).map(([path, content]) =>
        tarEntry(`package/${path}`, Buffer.from(content)),
      ),
      Buffer.alloc(2 * BLOCK_BYTES),
    ]),
  );
}

/** Serves tarballs of packages, as far as `npm ci` by a lockfile needs that. */
export class FakeNpmRegistry {
  /** `GET /path`, in order. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #packages = new Map<string, Buffer>();

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      const content = this.#packages.get(request.url ?? '');
      response.writeHead(content === undefined ? 404 : 200);
      response.end(content);
    });
  }

  static async start(): Promise<FakeNpmRegistry> {
    const registry = new FakeNpmRegistry();
    await new Promise<void>(resolve => {
      registry.#server.listen(0, '127.0.0.1', resolve);
    });
    return registry;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** @returns the package's entry in a lockfile */
  add(name: string, files: Record<string, string>): object {
    const content = tarball({
      'package.json': JSON.stringify({ name, version: '1.0.0' }),
      ...files,
    });
    const path = `/${name}/-/${name}-1.0.0.tgz`;
    this.#packages.set(path, content);
    return {
      version: '1.0.0',
      resolved: `${this.url}${path}`,
      integrity: `sha512-${createHash('sha512')
        .update(content)
        .digest('base64')}`,
    };
  }
}
