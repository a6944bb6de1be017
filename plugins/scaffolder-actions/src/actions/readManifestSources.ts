import {
  resolveSafeChildPath,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { ManifestFile } from '@sportsbook/plugin-sportsbook-scaling-node';
import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { posix } from 'node:path';
import { ManifestSourceInput } from './manifestSourcesSchema';

const MANIFEST_NAME = /\.(ya?ml|json)$/;
/** Above every release manifest known, and below what would hurt the backend. */
const LARGEST_DOWNLOAD_BYTES = 32 * 1024 * 1024;

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Files below a folder in the order of their names; links that lead out of the workspace are refused. */
async function filesBelow(
  workspacePath: string,
  path: string,
): Promise<string[]> {
  const entries = await fs.readdir(resolveSafeChildPath(workspacePath, path), {
    withFileTypes: true,
  });
  const found = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async entry => {
        const child = posix.join(path, entry.name);
        if (entry.isDirectory()) {
          return filesBelow(workspacePath, child);
        }
        return MANIFEST_NAME.test(entry.name) ? [child] : [];
      }),
  );
  return found.flat();
}

async function readPath(
  workspacePath: string,
  path: string,
): Promise<ManifestFile[]> {
  const absolute = resolveSafeChildPath(workspacePath, path);
  const stats = await fs.stat(absolute).catch((error: unknown) => {
    if (isError(error) && error.code === 'ENOENT') {
      throw new InputError(
        `The workspace holds no '${path}'. Render it in an earlier step, or correct the path.`,
      );
    }
    throw error;
  });
  const paths = stats.isDirectory()
    ? await filesBelow(workspacePath, path)
    : [path];
  return Promise.all(
    paths.map(async file => ({
      path: posix.normalize(file),
      text: await fs.readFile(
        resolveSafeChildPath(workspacePath, file),
        'utf-8',
      ),
    })),
  );
}

/** Which Backstage's reader of GitHub takes for a file of a repository, and refuses. */
const GITHUB_RELEASE =
  /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/releases\/download\//;

/** A public release is downloaded without an account; its digest says whether it is the right one. */
async function downloadRelease(
  url: string,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new InputError(
      `${url} does not answer. Check that this machine reaches it, or name a mirror that it reaches.`,
      error,
    );
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new InputError(
      `${url} cannot be read: ${response.status} ${response.statusText}. Check the address, or name a mirror that this machine reaches.`,
    );
  }
  return Buffer.from(await response.arrayBuffer());
}

async function readBytes(
  reader: UrlReaderService,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  if (GITHUB_RELEASE.test(url)) {
    return downloadRelease(url, signal);
  }
  const response = await reader.readUrl(url, { signal });
  return response.buffer();
}

async function readUrl(
  reader: UrlReaderService,
  source: { url: string; sha256: string },
  options: { onProgress: (line: string) => void; signal?: AbortSignal },
): Promise<ManifestFile> {
  const { url, sha256 } = source;
  const { onProgress, signal } = options;
  onProgress(`Reading ${url}`);
  const bytes = await readBytes(reader, url, signal);
  signal?.throwIfAborted();
  if (bytes.length > LARGEST_DOWNLOAD_BYTES) {
    throw new InputError(
      `${url} has ${megabytes(bytes.length)}, and at most ${megabytes(
        LARGEST_DOWNLOAD_BYTES,
      )} are read. Check that it is a manifest.`,
    );
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== sha256) {
    throw new InputError(
      `${url} is not what was pinned: its SHA-256 is ${digest}, expected ${sha256}. Look at what changed before you pin the new one.`,
    );
  }
  onProgress(`Read ${megabytes(bytes.length)}; the SHA-256 matches`);
  return { path: url, text: bytes.toString('utf-8') };
}

/**
 * Reads the files that an action's `sources` name, in the order given.
 *
 * @throws InputError for a path that is not there, and for content that is not what was pinned
 */
export async function readManifestSources(options: {
  sources: ManifestSourceInput[];
  workspacePath: string;
  reader: UrlReaderService;
  onProgress: (line: string) => void;
  signal?: AbortSignal;
}): Promise<ManifestFile[]> {
  const { sources, workspacePath, reader, onProgress, signal } = options;
  const files: ManifestFile[] = [];
  for (const source of sources) {
    signal?.throwIfAborted();
    files.push(
      ...('path' in source
        ? await readPath(workspacePath, source.path)
        : [await readUrl(reader, source, { onProgress, signal })]),
    );
  }
  return files;
}
