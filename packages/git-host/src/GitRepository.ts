import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { NotFoundError } from '@backstage/errors';
import { GitCommandError } from './errors/GitCommandError';
import { gitEnvironment } from './gitEnvironment';
import { isRefName } from './names';
import { runGit } from './runGit';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** One entry of a folder in a repository. */
export type TreeEntry = {
  name: string;
  type: 'file' | 'folder' | 'submodule';
  sha: string;
  /** Absent for folders. */
  sizeBytes?: number;
};

/** What a path in a commit names. */
export type RepositoryObject =
  | { type: 'file'; sha: string; sizeBytes: number }
  | { type: 'folder'; sha: string; entries: TreeEntry[] };

type Abortable = { signal?: AbortSignal };

/** Reads one bare repository through git itself, never its work files. */
export class GitRepository {
  readonly owner: string;
  readonly name: string;
  readonly directory: string;

  constructor(options: { owner: string; name: string; directory: string }) {
    this.owner = options.owner;
    this.name = options.name;
    this.directory = options.directory;
  }

  /** True as long as nothing was pushed. */
  async isEmpty(options: Abortable = {}): Promise<boolean> {
    return (await this.#git(['for-each-ref', '--count=1'], options)) === '';
  }

  /** The branch that a clone checks out, whether it exists yet or not. */
  async defaultBranch(options: Abortable = {}): Promise<string> {
    return this.#git(['symbolic-ref', '--short', 'HEAD'], options);
  }

  /**
   * Points HEAD at the only branch when the branch it names was never pushed,
   * so that a clone checks something out.
   */
  async settleDefaultBranch(options: Abortable = {}): Promise<void> {
    const branches = (
      await this.#git(
        ['for-each-ref', '--format=%(refname)', 'refs/heads'],
        options,
      )
    ).split('\n');
    const head = await this.#git(['symbolic-ref', 'HEAD'], options);
    const [only] = branches;
    if (branches.length === 1 && only && only !== head) {
      await this.#git(['symbolic-ref', 'HEAD', only], options);
    }
  }

  /**
   * The commit that a branch, a tag or a full commit hash names.
   *
   * @throws NotFoundError
   */
  async resolveCommit(ref: string, options: Abortable = {}): Promise<string> {
    if (isRefName(ref)) {
      const candidates = [`refs/heads/${ref}`, `refs/tags/${ref}`];
      if (COMMIT.test(ref)) {
        candidates.push(ref);
      }
      for (const candidate of candidates) {
        const commit = await this.#parse(`${candidate}^{commit}`, options);
        if (commit) {
          return commit;
        }
      }
    }
    throw new NotFoundError(
      `${this.owner}/${this.name} has no branch, tag or commit ${JSON.stringify(
        ref,
      )}`,
    );
  }

  /**
   * What a path names in a commit; `''` is the root.
   *
   * @throws NotFoundError
   */
  async read(
    commit: string,
    path: string,
    options: Abortable = {},
  ): Promise<RepositoryObject> {
    const sha = await this.#parse(`${commit}:${path}`, options);
    const type = sha && (await this.#git(['cat-file', '-t', sha], options));
    if (sha && type === 'blob') {
      const size = await this.#git(['cat-file', '-s', sha], options);
      return { type: 'file', sha, sizeBytes: Number(size) };
    }
    if (sha && type === 'tree') {
      const listing = await this.#git(['ls-tree', '-z', '-l', sha], options);
      return { type: 'folder', sha, entries: parseListing(listing) };
    }
    throw new NotFoundError(
      `${this.owner}/${this.name} has no file ${JSON.stringify(
        path,
      )} at ${commit.slice(0, 12)}`,
    );
  }

  /** The bytes of a file, by the hash that `read` gave. */
  async readFile(sha: string, options: Abortable = {}): Promise<Buffer> {
    return runGit(['cat-file', 'blob', sha], {
      directory: this.directory,
      ...options,
    });
  }

  /** When a commit was made. */
  async commitDate(commit: string, options: Abortable = {}): Promise<Date> {
    const seconds = await this.#git(
      ['show', '--no-patch', '--format=%ct', commit],
      options,
    );
    return new Date(Number(seconds) * 1000);
  }

  /** A commit as a gzipped tar archive with one folder at its top. */
  archive(commit: string, options: Abortable = {}): Readable {
    const child = spawn(
      'git',
      ['archive', '--format=tar.gz', `--prefix=${this.name}/`, commit],
      {
        cwd: this.directory,
        env: gitEnvironment(),
        stdio: ['ignore', 'pipe', 'ignore'],
        signal: options.signal,
      },
    );
    child.once('error', error => child.stdout.destroy(error));
    // Otherwise a half archive would end like a whole one.
    child.once('exit', code => {
      if (code !== 0) {
        child.stdout.destroy(
          new GitCommandError({
            args: ['archive'],
            directory: this.directory,
            output: `it ended with ${code}`,
          }),
        );
      }
    });
    return child.stdout;
  }

  async #parse(revision: string, options: Abortable) {
    try {
      return await this.#git(
        ['rev-parse', '--verify', '--quiet', '--end-of-options', revision],
        options,
      );
    } catch (error) {
      // With --quiet, a revision that does not exist is a silent failure.
      if (error instanceof GitCommandError && error.output === '') {
        return undefined;
      }
      throw error;
    }
  }

  async #git(args: string[], options: Abortable): Promise<string> {
    const output = await runGit(args, {
      directory: this.directory,
      ...options,
    });
    return output.toString('utf8').replace(/\n$/, '');
  }
}

// One record of `ls-tree -z -l`: "<mode> <type> <sha> <size>\t<name>".
function parseListing(listing: string): TreeEntry[] {
  const types = { tree: 'folder', commit: 'submodule', blob: 'file' } as const;
  return listing
    .split('\0')
    .filter(record => record !== '')
    .map(record => {
      const tab = record.indexOf('\t');
      const [, type, sha, size] = record.slice(0, tab).split(/ +/);
      return {
        name: record.slice(tab + 1),
        type: types[type as keyof typeof types],
        sha,
        ...(size === '-' ? {} : { sizeBytes: Number(size) }),
      };
    });
}
