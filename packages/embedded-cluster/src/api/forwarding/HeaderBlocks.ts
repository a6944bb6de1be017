import { constants, createDeflate, createInflate } from 'node:zlib';
import { HEADER_DICTIONARY } from './headerDictionary';

const MAX_BYTES = 65_536;

/**
 * Headers of SPDY/3, as one side of a connection reads and writes them: each
 * block goes on with the compression of those before it, so they have to come
 * one after the other.
 */
export class HeaderBlocks {
  readonly #inflate = createInflate({
    dictionary: HEADER_DICTIONARY,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  readonly #deflate = createDeflate({ dictionary: HEADER_DICTIONARY });
  #read: Buffer[] = [];
  #written: Buffer[] = [];

  constructor() {
    this.#inflate.on('data', (chunk: Buffer) => this.#read.push(chunk));
    this.#deflate.on('data', (chunk: Buffer) => this.#written.push(chunk));
  }

  /** @throws Error for bytes that are no headers */
  async read(block: Buffer): Promise<ReadonlyMap<string, string>> {
    await new Promise<void>((resolve, reject) => {
      this.#inflate.once('error', reject);
      this.#inflate.write(block, () => {
        this.#inflate.off('error', reject);
        resolve();
      });
    });
    const bytes = Buffer.concat(this.#read);
    this.#read = [];
    if (bytes.length > MAX_BYTES) {
      throw new Error(`headers of ${bytes.length} bytes are too long`);
    }
    const headers = new Map<string, string>();
    let at = 4;
    const text = () => {
      const length = bytes.readUInt32BE(at);
      const found = bytes.toString('utf8', at + 4, at + 4 + length);
      at += 4 + length;
      return found;
    };
    for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) {
      const name = text().toLowerCase();
      headers.set(name, text());
    }
    return headers;
  }

  async write(headers: ReadonlyMap<string, string>): Promise<Buffer> {
    const number = (value: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    };
    const text = (value: string) => {
      const bytes = Buffer.from(value);
      return [number(bytes.length), bytes];
    };
    this.#deflate.write(
      Buffer.concat([
        number(headers.size),
        ...[...headers].flatMap(([name, value]) => [
          ...text(name),
          ...text(value),
        ]),
      ]),
    );
    await new Promise<void>(resolve => {
      this.#deflate.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    const block = Buffer.concat(this.#written);
    this.#written = [];
    return block;
  }

  close(): void {
    this.#inflate.destroy();
    this.#deflate.destroy();
  }
}
