import { InputError } from '@backstage/errors';
import { ManifestFile } from '@sportsbook/plugin-sportsbook-scaling-node';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { text } from 'node:stream/consumers';

const MANIFEST_NAME = /\.(ya?ml|json)$/;
const STDIN = '-';
/** Above every release manifest known. */
const LARGEST_DOWNLOAD_BYTES = 32 * 1024 * 1024;
const DOWNLOAD_SECONDS = 120;

export interface ReadManifestFilesOptions {
  /** What `-` reads. */
  stdin: NodeJS.ReadableStream;
  signal?: AbortSignal;
}

/**
 * Reads what `--filename` names: files, folders with all below them in the order
 * of their names, `-` for the standard input, and `https://…#sha256=<hex>`.
 *
 * @throws InputError for what is not there, an address without a digest, and
 *   content that is not what was pinned
 */
export async function readManifestFiles(
  sources: readonly string[],
  options: ReadManifestFilesOptions,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const source of sources) {
    options.signal?.throwIfAborted();
    files.push(...(await readSource(source, options)));
  }
  return files;
}

async function readSource(
  source: string,
  { stdin, signal }: ReadManifestFilesOptions,
): Promise<ManifestFile[]> {
  if (source === STDIN) {
    return [{ path: 'stdin', text: await text(stdin) }];
  }
  if (/^https?:\/\//.test(source)) {
    return [await download(source, signal)];
  }
  const stats = await stat(source).catch((error: unknown) => {
    throw new InputError(
      `${source} cannot be read: ${reasonOf(error)}. Correct the path.`,
    );
  });
  const paths = stats.isDirectory() ? await filesBelow(source) : [source];
  if (paths.length === 0) {
    throw new InputError(
      `${source} holds no file that ends in .yaml, .yml or .json. Correct the path.`,
    );
  }
  return Promise.all(
    paths.map(async path => ({ path, text: await readFile(path, 'utf8') })),
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(async entry => {
        const path = posix.join(folder, entry.name);
        if (entry.isDirectory()) {
          return filesBelow(path);
        }
        return MANIFEST_NAME.test(entry.name) ? [path] : [];
      }),
  );
  return found.flat();
}

async function download(
  source: string,
  signal: AbortSignal | undefined,
): Promise<ManifestFile> {
  const [url, pin] = source.split('#');
  const sha256 = /^sha256=([0-9a-f]{64})$/.exec(pin ?? '')?.[1];
  if (sha256 === undefined) {
    throw new InputError(
      `${url} may change behind our back. Pin what you have looked at: ${url}#sha256=<64 hexadecimal digits, as sha256sum prints them>.`,
    );
  }
  const limit = AbortSignal.timeout(DOWNLOAD_SECONDS * 1000);
  try {
    const response = await fetch(url, {
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${response.status} ${response.statusText}`);
    }
    const bytes = await collect(response);
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== sha256) {
      throw new InputError(
        `${url} is not what was pinned: its SHA-256 is ${digest}, expected ${sha256}. Look at what changed before you pin the new one.`,
      );
    }
    return { path: url, text: bytes.toString('utf8') };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InputError) {
      throw error;
    }
    throw new InputError(
      `${url} cannot be read: ${reasonOf(
        error,
      )}. Check the address, and that this machine reaches it.`,
    );
  }
}

async function collect(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST_DOWNLOAD_BYTES) {
      throw new Error(
        `it has more than ${LARGEST_DOWNLOAD_BYTES / 1024 / 1024} MB`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  // What `fetch` says itself is 'fetch failed'.
  return error.cause instanceof Error ? error.cause.message : error.message;
}
