import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const AUTHOR = ['-c', 'user.name=Reviewer', '-c', 'user.email=r@example.com'];

/** A repository of the git host as the platform team works on it. */
export class PlatformRepository {
  /** @param directory - of the bare repository */
  constructor(readonly directory: string) {}

  /** Makes it, with a first commit on `main`. */
  async create(files: Record<string, string>): Promise<void> {
    await mkdir(dirname(this.directory), { recursive: true });
    await this.#git(['init', '--bare', '--quiet', '-b', 'main'], {
      make: true,
    });
    await this.commit('First commit', async tree => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(tree, path)), { recursive: true });
        await writeFile(join(tree, path), text);
      }
    });
  }

  /** Commits to `main` what a change makes of its tree. */
  async commit(
    message: string,
    change: (tree: string) => Promise<void>,
  ): Promise<void> {
    const tree = await mkdtemp(join(tmpdir(), 'platform-repository-'));
    try {
      await run('git', ['clone', '--quiet', this.directory, tree]);
      await change(tree);
      await run('git', ['add', '--all'], { cwd: tree });
      await run('git', [...AUTHOR, 'commit', '--quiet', '-m', message], {
        cwd: tree,
      });
      await run('git', ['push', '--quiet', 'origin', 'HEAD:main'], {
        cwd: tree,
      });
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  }

  async branches(): Promise<string[]> {
    const out = await this.#git(['for-each-ref', '--format=%(refname:short)']);
    return out.split('\n').filter(name => name !== '');
  }

  /** What a reviewer does: merges a branch and removes it. */
  async merge(branch: string): Promise<void> {
    await this.#git(['update-ref', 'refs/heads/main', `refs/heads/${branch}`]);
    await this.#git(['update-ref', '-d', `refs/heads/${branch}`]);
  }

  /** A file of `main`. */
  async read(path: string): Promise<string> {
    return this.#git(['show', `main:${path}`]);
  }

  async #git(args: string[], options: { make?: boolean } = {}) {
    if (options.make) {
      await mkdir(this.directory, { recursive: true });
    }
    const { stdout } = await run('git', args, { cwd: this.directory });
    return stdout;
  }
}
