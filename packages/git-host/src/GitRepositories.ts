import { randomUUID } from 'node:crypto';
import {
  access,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, NotFoundError, isError } from '@backstage/errors';
import { GitRepository } from './GitRepository';
import { isOwnerName, isRepositoryName } from './names';
import { runGit } from './runGit';

const DEFAULT_BRANCH = 'main';
/** File in the repository's folder that says that nobody may push. */
const ARCHIVED_MARKER = 'archived';

/** The bare repositories in one folder: `<directory>/<owner>/<name>.git`. */
export class GitRepositories {
  readonly #directory: string;

  constructor(options: { directory: string }) {
    this.#directory = options.directory;
  }

  /** The names of an owner's repositories, in alphabetical order. */
  async list(owner: string): Promise<string[]> {
    if (!isOwnerName(owner)) {
      return [];
    }
    const entries = await readdir(join(this.#directory, owner)).catch(error => {
      if (isNodeError(error, 'ENOENT')) {
        return [];
      }
      throw error;
    });
    return entries
      .filter(entry => entry.endsWith('.git'))
      .map(entry => entry.slice(0, -'.git'.length))
      .filter(isRepositoryName)
      .sort();
  }

  /**
   * An existing repository.
   *
   * @throws NotFoundError also for names that no repository may have
   */
  async open(owner: string, name: string): Promise<GitRepository> {
    if (isOwnerName(owner) && isRepositoryName(name)) {
      const directory = this.#directoryOf(owner, name);
      try {
        await access(join(directory, 'HEAD'));
        return new GitRepository({ owner, name, directory });
      } catch (error) {
        if (!isNodeError(error, 'ENOENT', 'ENOTDIR')) {
          throw error;
        }
      }
    }
    throw new NotFoundError(
      `There is no repository ${JSON.stringify(`${owner}/${name}`)} here`,
    );
  }

  /**
   * Creates an empty repository. An empty one that already exists is given
   * back: whoever created it was interrupted before the first push.
   *
   * @throws ConflictError when a repository with content has that name
   */
  async create(options: {
    owner: string;
    name: string;
    description: string;
    defaultBranch?: string;
    signal?: AbortSignal;
  }): Promise<GitRepository> {
    const { owner, name, description, signal } = options;
    const defaultBranch = options.defaultBranch ?? DEFAULT_BRANCH;
    const ownerDirectory = join(this.#directory, owner);
    const directory = this.#directoryOf(owner, name);
    await mkdir(ownerDirectory, { recursive: true });

    // Built aside and renamed, so that a half-made repository is never seen.
    const draft = join(ownerDirectory, `${randomUUID()}.tmp`);
    try {
      await runGit(['init', '--bare', '--quiet', draft], {
        directory: ownerDirectory,
        signal,
      });
      await runGit(['symbolic-ref', 'HEAD', `refs/heads/${defaultBranch}`], {
        directory: draft,
        signal,
      });
      await writeFile(join(draft, 'description'), description);
      await rename(draft, directory);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (!isNodeError(error, 'ENOTEMPTY', 'EEXIST')) {
        throw error;
      }
      const existing = await this.open(owner, name);
      if (!(await existing.isEmpty({ signal }))) {
        throw new ConflictError(
          `The repository ${owner}/${name} already exists and has content. Choose another name, or delete the folder ${directory} if nobody needs it`,
        );
      }
    }
    return new GitRepository({ owner, name, directory });
  }

  /** The description given at creation, or an empty string. */
  async describe(repository: GitRepository): Promise<string> {
    return (
      await readFile(join(repository.directory, 'description'), 'utf8')
    ).trim();
  }

  /** Whether the repository is kept for reading only. */
  async isArchived(repository: GitRepository): Promise<boolean> {
    return access(join(repository.directory, ARCHIVED_MARKER)).then(
      () => true,
      () => false,
    );
  }

  /** Ends or allows pushes; reading goes on either way. */
  async setArchived(
    repository: GitRepository,
    archived: boolean,
  ): Promise<void> {
    const marker = join(repository.directory, ARCHIVED_MARKER);
    await (archived ? writeFile(marker, '') : rm(marker, { force: true }));
  }

  #directoryOf(owner: string, name: string): string {
    return join(this.#directory, owner, `${name}.git`);
  }
}

function isNodeError(error: unknown, ...codes: string[]): boolean {
  return isError(error) && codes.includes(String(error.code));
}
