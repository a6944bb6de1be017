import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { buildEnvironment } from '../child/buildEnvironment';
import { runLimited } from '../child/runLimited';
import { Platform, npmCpu } from '../nodePlatform';
import { normaliseModes } from '../normaliseModes';
import { userConfigOf } from '../userConfigOf';
import { WorkFolders } from '../WorkFolders';
import { dependencyKey } from './dependencyKey';
import { dependencySet, DependencySet } from './dependencySet';
import { DependencyStore } from './DependencyStore';
import { NpmCache } from './NpmCache';
import { Toolchain, toolchainWith } from './Toolchain';

const MODULES = 'node_modules';
/** npm's note for its next run. It holds the project's name, so that trees with it are never the same. */
const NPM_NOTE = '.package-lock.json';
const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];

export interface ProvideOptions {
  /** Folder with `package.json` and `package-lock.json`; gets `node_modules`. */
  project: string;
  /** The production dependencies for a platform; absent: all of them, for this machine. */
  production?: Platform;
  /** Credentials that are hidden in what npm prints. */
  secrets: readonly (string | undefined)[];
  /** From 0 to 19, see {@link runLimited}. Default: 0. */
  niceness?: number;
  logger: LoggerService;
  signal: AbortSignal;
}

function npmArguments(production: Platform | undefined): string[] {
  return production === undefined
    ? ['ci', '--ignore-scripts']
    : [
        'ci',
        '--omit=dev',
        '--ignore-scripts',
        '--prefer-offline',
        `--os=${production.os}`,
        `--cpu=${npmCpu(production)}`,
        '--libc=glibc',
      ];
}

function titleOf(production: Platform | undefined): string {
  return production === undefined
    ? 'npm ci'
    : `npm ci of the production dependencies for ${production.os}/${production.architecture}`;
}

/** Gives projects their dependencies: from what was installed before, or by `npm ci`. */
export class Dependencies {
  readonly #work: WorkFolders;
  readonly #store: DependencyStore | undefined;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #memoryMegabytes: number;
  readonly #npmCache: NpmCache;
  #toolchain: Promise<Toolchain> | undefined;

  constructor(options: {
    work: WorkFolders;
    /** Undefined: nothing is kept. */
    store: DependencyStore | undefined;
    /** The backend's own environment; a small part of it is handed on. */
    environment: NodeJS.ProcessEnv;
    /** Of each installation. */
    memoryMegabytes: number;
  }) {
    this.#work = options.work;
    this.#npmCache = new NpmCache(options.work);
    this.#store = options.store;
    this.#environment = options.environment;
    this.#memoryMegabytes = options.memoryMegabytes;
  }

  /** @throws ImageBuildError or BuildLimitError of the installation, or the signal's reason */
  async provide(options: ProvideOptions): Promise<void> {
    const { project, production, logger, signal } = options;
    const title = titleOf(production);
    const target = join(project, MODULES);
    const set = await this.#setOf(project);
    if (set.status === 'pinned' && set.isEmpty) {
      await fs.mkdir(target, { recursive: true });
      return;
    }
    if (this.#store === undefined || set.status === 'unpinned') {
      if (set.status === 'unpinned') {
        logger.info(`Dependencies are not kept: ${set.reason}`);
      }
      await this.#installIn(project, options, signal);
      return;
    }
    const placement = await this.#store.place({
      key: await this.#keyOf(set.identity, options),
      target,
      install: (tree, shared) => this.#installApart(tree, options, shared),
      signal,
    });
    if (placement !== 'installed') {
      logger.info(`${title}: as installed before`);
    }
  }

  /** Installs a project's dependencies, where that can be kept, so that {@link provide} is quick. */
  async prepare(options: ProvideOptions): Promise<void> {
    const set = await this.#setOf(options.project);
    if (this.#store !== undefined && set.status === 'pinned' && !set.isEmpty) {
      await this.#store.prepare({
        key: await this.#keyOf(set.identity, options),
        install: (tree, shared) => this.#installApart(tree, options, shared),
        signal: options.signal,
      });
    }
  }

  /** Removes what installations have left for each other. */
  async close(): Promise<void> {
    await this.#npmCache.close();
    await this.#store?.close();
  }

  /** Resolves when nothing goes on in the background. */
  async settled(): Promise<void> {
    await this.#store?.settled();
    await this.#work.settled();
  }

  async #setOf(project: string): Promise<DependencySet> {
    const [manifest, lockfile] = await Promise.all(
      ['package.json', 'package-lock.json'].map(name =>
        fs.readFile(join(project, name), 'utf8').catch(() => ''),
      ),
    );
    // npm prefers it to package-lock.json.
    const hasShrinkwrap = await fs
      .access(join(project, 'npm-shrinkwrap.json'))
      .then(
        () => true,
        () => false,
      );
    return hasShrinkwrap
      ? { status: 'unpinned', reason: 'there is a npm-shrinkwrap.json' }
      : dependencySet({ manifest, lockfile });
  }

  async #keyOf(
    identity: string,
    { project, production, signal }: ProvideOptions,
  ): Promise<string> {
    return dependencyKey({
      identity,
      project,
      args: npmArguments(production),
      environment: await this.#npmEnvironment(project),
      nodeDirectory: dirname(process.execPath),
      toolchain: await this.#readToolchain(signal),
    });
  }

  /** In a folder of its own, because others may wait for the outcome when this build has ended. */
  async #installApart(
    tree: string,
    options: ProvideOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const project = join(await this.#work.make(), 'project');
    try {
      await fs.mkdir(project);
      for (const name of MANIFESTS) {
        await fs
          .copyFile(join(options.project, name), join(project, name))
          .catch(error => {
            if (name !== '.npmrc') {
              throw error;
            }
          });
      }
      await this.#installIn(project, options, signal);
      await fs.rename(join(project, MODULES), tree);
    } finally {
      this.#work.discard(dirname(project));
    }
  }

  async #installIn(
    project: string,
    { production, secrets, niceness, logger }: ProvideOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const home = await this.#work.make();
    const title = titleOf(production);
    logger.info(`${title} ...`);
    try {
      const environment = await this.#npmEnvironment(home);
      await this.#npmCache.use(cache =>
        runLimited({
          title,
          command: 'npm',
          args: npmArguments(production),
          cwd: project,
          // The administrator's choice of a cache counts more.
          env: { npm_config_cache: cache, ...environment },
          memoryMegabytes: this.#memoryMegabytes,
          niceness,
          secrets,
          signal,
        }),
      );
    } finally {
      this.#work.discard(home);
    }
    const tree = join(project, MODULES);
    await fs.mkdir(tree, { recursive: true });
    await fs.rm(join(tree, NPM_NOTE), { force: true });
    await normaliseModes(tree);
  }

  async #npmEnvironment(home: string): Promise<Record<string, string>> {
    return buildEnvironment({
      environment: this.#environment,
      home,
      nodeDirectory: dirname(process.execPath),
      memoryMegabytes: this.#memoryMegabytes,
      npmSettings: true,
      userConfig: await userConfigOf(),
    });
  }

  #readToolchain(signal: AbortSignal): Promise<Toolchain> {
    this.#toolchain ??= this.#askNpm(signal).catch(error => {
      this.#toolchain = undefined;
      throw error;
    });
    return this.#toolchain;
  }

  async #askNpm(signal: AbortSignal): Promise<Toolchain> {
    const home = await this.#work.make();
    try {
      const lines = await runLimited({
        title: 'npm --version',
        command: 'npm',
        args: ['--version'],
        cwd: home,
        env: await this.#npmEnvironment(home),
        memoryMegabytes: this.#memoryMegabytes,
        signal,
      });
      return toolchainWith(lines.join('\n'));
    } finally {
      this.#work.discard(home);
    }
  }
}
