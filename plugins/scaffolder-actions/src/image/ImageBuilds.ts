import { LoggerService } from '@backstage/backend-plugin-api';
import { InstalledSkeleton } from '../skeletons/Skeleton';
import { BuildQueue } from './BuildQueue';
import { Dependencies } from './dependencies/Dependencies';
import { DependencyStore } from './dependencies/DependencyStore';
import { installSkeletonAhead } from './dependencies/installSkeletonAhead';
import { KeptTrees } from './dependencies/KeptTrees';
import { ImageSettings } from './imageSettings';
import { WorkFolders } from './WorkFolders';

/** What all builds of a backend share. */
export class ImageBuilds {
  readonly work: WorkFolders;
  readonly queue: BuildQueue;
  readonly dependencies: Dependencies;
  readonly settings: ImageSettings;
  readonly #logger: LoggerService;
  #ahead: Promise<void> = Promise.resolve();

  private constructor(options: {
    work: WorkFolders;
    dependencies: Dependencies;
    settings: ImageSettings;
    logger: LoggerService;
  }) {
    this.work = options.work;
    this.dependencies = options.dependencies;
    this.settings = options.settings;
    this.#logger = options.logger;
    this.queue = new BuildQueue(options.settings.limits.concurrentBuilds);
  }

  /** @throws InputError when the configured folder cannot be used */
  static async open(options: {
    settings: ImageSettings;
    /** The backend's own environment. */
    environment: NodeJS.ProcessEnv;
    logger: LoggerService;
  }): Promise<ImageBuilds> {
    const { settings, environment, logger } = options;
    const { directory, maxMegabytes } = settings.cache;
    const work = await WorkFolders.open({ directory, environment, logger });
    const store =
      maxMegabytes === 0
        ? undefined
        : new DependencyStore({
            work,
            kept: new KeptTrees({ work, maxMegabytes }),
            logger,
          });
    return new ImageBuilds({
      work,
      settings,
      logger,
      dependencies: new Dependencies({
        work,
        store,
        environment,
        memoryMegabytes: settings.limits.memoryMegabytes,
      }),
    });
  }

  /** Installs a skeleton's dependencies in the background, so that the first build finds them. */
  installAhead(options: {
    skeleton: InstalledSkeleton;
    signal: AbortSignal;
  }): void {
    this.#ahead = installSkeletonAhead({
      ...options,
      work: this.work,
      dependencies: this.dependencies,
      platform: this.settings.platform,
      logger: this.#logger,
    });
  }

  /** Resolves when nothing goes on in the background. */
  async settled(): Promise<void> {
    await this.#ahead;
    await this.dependencies.settled();
    await this.work.settled();
  }

  /** Ends what goes on in the background; what is kept stays. */
  async close(): Promise<void> {
    await this.dependencies.close();
    await this.settled();
  }
}
