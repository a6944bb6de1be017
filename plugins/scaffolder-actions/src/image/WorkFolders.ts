import { promises as fs } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';

/** A build that takes longer than this is none any more, whatever machine began it. */
const STALE_HOURS = 24;
const NAME = /^(.+)-(\d+)-[^-]+$/;

function isErrno(error: unknown, ...codes: string[]): boolean {
  return isError(error) && codes.includes(String(error.code));
}

/** Where programs keep what they can make anew. */
function userCacheDirectory(environment: NodeJS.ProcessEnv): string {
  const name = 'backstage-publish-image';
  return process.platform === 'darwin'
    ? join(homedir(), 'Library/Caches', name)
    : join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), name);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}

/**
 * @throws InputError unless the folder is this user's own, so that nobody else
 *   can put files into an image
 */
async function openPrivately(directory: string): Promise<void> {
  await fs.mkdir(directory, { recursive: true, mode: 0o700 });
  const { uid, mode } = await fs.stat(directory);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new InputError(
      `Other users of this machine may write to ${directory}, where images are built; give it to the user of the Backstage backend alone (mode 700), or set sportsbookScaling.image.buildDirectory`,
    );
  }
  await fs.mkdir(join(directory, 'work'), { recursive: true });
}

/**
 * Folders for one build each, in a place where builds may also keep things: what
 * is made in one can be renamed into the place, and back.
 *
 * @remarks
 * Their names say which process they belong to, so that the next one removes
 * what was left by a process that was killed.
 */
export class WorkFolders {
  /** The place; folders of work lie below it. Nobody else may write there. */
  readonly root: string;
  readonly #logger: LoggerService;
  readonly #removals = new Set<Promise<void>>();

  private constructor(root: string, logger: LoggerService) {
    this.root = root;
    this.#logger = logger;
  }

  /**
   * @param options.directory - the place; default: the user's folder for caches,
   *   or one for temporary files where that cannot be written
   * @throws InputError for a directory that others may write to
   */
  static async open(options: {
    directory: string | undefined;
    environment: NodeJS.ProcessEnv;
    logger: LoggerService;
  }): Promise<WorkFolders> {
    const { directory, environment, logger } = options;
    let root = directory ?? userCacheDirectory(environment);
    try {
      await openPrivately(root);
    } catch (error) {
      const cannotWrite = isErrno(
        error,
        'EACCES',
        'EROFS',
        'EPERM',
        'ENOENT',
        'ENOTDIR',
      );
      if (directory !== undefined || !cannotWrite) {
        throw error;
      }
      root = await fs.mkdtemp(join(tmpdir(), 'publish-image-'));
      await openPrivately(root);
      logger.info(
        `Images are built in ${root}, because the folder for caches of this user cannot be written; what builds keep is lost when Backstage ends. Set sportsbookScaling.image.buildDirectory to keep it`,
      );
    }
    const folders = new WorkFolders(root, logger);
    await folders.#removeLeftovers();
    return folders;
  }

  /** A new, empty folder; give it back to {@link discard}. */
  async make(): Promise<string> {
    return fs.mkdtemp(join(this.#work, `${hostname()}-${process.pid}-`));
  }

  /** Removes a folder while others go on. */
  discard(folder: string): void {
    const removal = fs
      .rm(folder, { recursive: true, force: true, maxRetries: 3 })
      .catch((error: unknown) => {
        this.#logger.warn(
          `${folder}, which a build has left, could not be removed: ${String(
            error,
          )}`,
        );
      })
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  /** Resolves when everything that was discarded is gone. */
  async settled(): Promise<void> {
    await Promise.all(this.#removals);
  }

  get #work(): string {
    return join(this.root, 'work');
  }

  async #removeLeftovers(): Promise<void> {
    for (const name of await fs.readdir(this.#work)) {
      const path = join(this.#work, name);
      const [, host, pid] = NAME.exec(name) ?? [];
      const isOver =
        host === hostname()
          ? !isRunning(Number(pid))
          : await fs.stat(path).then(
              ({ mtimeMs }) => Date.now() - mtimeMs > STALE_HOURS * 3_600_000,
              () => false,
            );
      if (isOver) {
        this.discard(path);
      }
    }
  }
}
