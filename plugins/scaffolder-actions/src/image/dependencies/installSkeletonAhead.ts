import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { renderTree } from '../../handlebars/renderTree';
import { InstalledSkeleton } from '../../skeletons/Skeleton';
import { Platform, platformOfThisMachine } from '../nodePlatform';
import { WorkFolders } from '../WorkFolders';
import { Dependencies } from './Dependencies';

/** Lets everything else go first: nobody waits for it yet. */
const NICENESS = 10;
const MANIFESTS = new Set(['package.json', 'package-lock.json', '.npmrc']);

/**
 * Installs what every service of a skeleton will need, before anybody creates
 * one. Who does in the meantime waits for the same installation.
 *
 * Does not fail: the first build installs what is missing, and says why that
 * does not work.
 */
export async function installSkeletonAhead(options: {
  skeleton: InstalledSkeleton;
  work: WorkFolders;
  dependencies: Dependencies;
  /** That images are built for; undefined: as this machine, until a cluster says otherwise. */
  platform: Platform | undefined;
  logger: LoggerService;
  signal: AbortSignal;
}): Promise<void> {
  const { skeleton, work, dependencies, logger, signal } = options;
  const project = await work.make();
  try {
    const files = await renderTree({
      directory: skeleton.directory,
      values: skeleton.parseValues({
        name: 'installed-ahead',
        owner: 'group:default/nobody',
        namespace: 'default',
        cluster: 'none',
      }),
    });
    for (const { path, content } of files) {
      if (MANIFESTS.has(path)) {
        await fs.writeFile(join(project, path), content);
      }
    }
    const installation = {
      project,
      secrets: [],
      niceness: NICENESS,
      logger,
      signal,
    };
    await dependencies.prepare(installation);
    await dependencies.prepare({
      ...installation,
      production: options.platform ?? platformOfThisMachine(),
    });
    logger.info(`The dependencies of services are there for the first image`);
  } catch (error) {
    if (!signal.aborted) {
      logger.info(
        `The dependencies of services were not installed ahead, and the first image takes longer: ${String(
          error,
        )}`,
      );
    }
  } finally {
    work.discard(project);
  }
}
