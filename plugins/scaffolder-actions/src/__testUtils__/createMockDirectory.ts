import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Names of files and what is in them; what is neither text nor bytes is a directory. */
export interface DirectoryContent {
  [name: string]: string | Buffer | DirectoryContent;
}

/** A directory of one suite's own, removed when the suite is over. */
export interface MockDirectory {
  /** Absolute. */
  readonly path: string;
  resolve(...paths: string[]): string;
  /** Replaces everything. */
  setContent(content: DirectoryContent): void;
  addContent(content: DirectoryContent): void;
  /** Every file as text. */
  content(): DirectoryContent;
  clear(): void;
}

const paths: string[] = [];

afterAll(() => {
  for (const path of paths) {
    rmSync(path, { recursive: true, force: true, maxRetries: 10 });
  }
});

function write(path: string, content: DirectoryContent) {
  mkdirSync(path, { recursive: true });
  for (const [name, child] of Object.entries(content)) {
    const childPath = join(path, name);
    if (typeof child === 'string' || Buffer.isBuffer(child)) {
      mkdirSync(dirname(childPath), { recursive: true });
      writeFileSync(childPath, child);
    } else {
      write(childPath, child);
    }
  }
}

const read = (path: string): DirectoryContent =>
  Object.fromEntries(
    readdirSync(path, { withFileTypes: true }).map(entry => [
      entry.name,
      entry.isDirectory()
        ? read(join(path, entry.name))
        : readFileSync(join(path, entry.name), 'utf8'),
    ]),
  );

/**
 * The function of that name in `@backstage/backend-test-utils`, as far as these
 * tests use it, without the second it takes to load every database, cache and
 * cloud client that Backstage has a double for.
 */
export function createMockDirectory(
  options: { content?: DirectoryContent } = {},
): MockDirectory {
  const path = mkdtempSync(join(tmpdir(), 'scaffolder-actions-'));
  paths.push(path);
  const setContent = (content: DirectoryContent) => {
    rmSync(path, { recursive: true, force: true, maxRetries: 10 });
    write(path, content);
  };
  write(path, options.content ?? {});
  return {
    path,
    resolve: (...names) => resolve(path, ...names),
    setContent,
    addContent: content => write(path, content),
    content: () => read(path),
    clear: () => setContent({}),
  };
}
