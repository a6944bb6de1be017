import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  LoggerService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import { ClusterAccess } from '../access/ClusterAccess';
import { assertBaseImage } from '../image/assertBaseImage';
import { buildImage } from '../image/buildImage';
import { ImageBuilds } from '../image/ImageBuilds';
import { clusterPlatform } from '../image/clusterPlatform';
import { copySource } from '../image/copySource';
import { holdWhileStopping } from '../image/holdWhileStopping';
import { ImageBuildError } from '../image/ImageBuildError';
import { repositoryName, tagName } from '../image/imageSettings';
import { ImageRegistryError } from '../image/registry/ImageRegistryError';
import { RegistryClient } from '../image/registry/RegistryClient';
import { parseInput } from '../input/parseInput';
import { publishImageExamples } from './publishImage.examples';

const inputSchema = z.object({
  sourcePath: z
    .string()
    .default('.')
    .describe(
      'Folder in the workspace with package.json and package-lock.json.',
    ),
  name: repositoryName.describe(
    'Repository in the configured registry, below its prefix.',
  ),
  tag: tagName
    .optional()
    .describe('Default: the first 12 digits of the digest of the source.'),
  cluster: z
    .string()
    .min(1)
    .describe('Cluster whose nodes will run the image.'),
  include: z
    .array(z.string().min(1))
    .default(['dist'])
    .describe(
      'Files and folders that go into the image beside the dependencies, package.json and package-lock.json.',
    ),
});

const outputSchema = z.object({
  image: z
    .string()
    .describe('What a pod names: registry, repository and digest.'),
  imageDigest: z.string().describe('sha256: and 64 hexadecimal digits.'),
});

/** The action `publish:image`: builds the image of a Node service and pushes it. */
export function createPublishImageAction(options: {
  /** Undefined: no registry is configured. */
  builds: ImageBuilds | undefined;
  clusterAccess: ClusterAccess;
  /** Aborts when the backend stops, so that no build outlives it. */
  shutdownSignal: AbortSignal;
  /** The backend's own environment; a small part of it is handed on. */
  environment: NodeJS.ProcessEnv;
}) {
  const { clusterAccess, shutdownSignal, environment } = options;

  return createTemplateAction({
    id: 'publish:image',
    description:
      "Builds the image of a Node service for the platform of a cluster's nodes, without a Docker daemon, and pushes it.",
    examples: publishImageExamples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { builds } = options;
      if (builds === undefined) {
        throw new InputError(
          'No registry is configured to push images to; set sportsbookScaling.image.registry',
        );
      }
      const { settings } = builds;
      const { target, base, platform: fixedPlatform } = settings;
      const repository = [settings.repositoryPrefix, input.name]
        .filter(part => part !== '')
        .join('/');
      const finish = (digest: string) => {
        ctx.output('image', `${target.registry}/${repository}@${digest}`);
        ctx.output('imageDigest', digest);
      };
      const source = resolveSafeChildPath(ctx.workspacePath, input.sourcePath);
      for (const path of input.include) {
        resolveSafeChildPath(source, path);
      }

      if (ctx.isDryRun) {
        const digest = createHash('sha256').update(repository).digest('hex');
        ctx.logger.info(
          `Dry run: no image is built; ${repository} gets a made-up digest`,
        );
        finish(`sha256:${digest}`);
        return;
      }

      const signal = AbortSignal.any(
        ctx.signal === undefined
          ? [shutdownSignal]
          : [ctx.signal, shutdownSignal],
      );
      const cluster = await clusterAccess.open({
        ctx,
        cluster: input.cluster,
        namespaces: [],
        kinds: [],
        clusterScopedKinds: [],
      });
      const platform =
        fixedPlatform ??
        (await clusterPlatform(cluster, input.cluster, signal));

      const targetClient = new RegistryClient(target);
      const baseClient = new RegistryClient(base);
      const targetAccess = await targetClient.access(repository, 'pull,push', {
        signal,
      });
      let failure: { error: unknown } | undefined;
      const scratch = await builds.work.make();
      try {
        const sourceCopy = join(scratch, 'source');
        const sourceDigest = await copySource({
          source,
          target: sourceCopy,
          signal,
        });

        const { digest } = await ctx.checkpoint({
          key: `publish.image.${repository}.${sourceDigest.slice(0, 12)}`,
          fn: async () => {
            await targetClient.assertPushable(targetAccess, { signal });
            const baseAccess = await baseClient.access(
              settings.baseImage.repository,
              'pull',
              { signal },
            );
            await assertBaseImage({
              client: baseClient,
              access: baseAccess,
              tag: settings.baseImage.tag,
              platform: `${platform.os}/${platform.architecture}`,
              signal,
            });
            const pushed = await builds.queue.run(
              () =>
                buildImage({
                  source: sourceCopy,
                  scratch,
                  base: {
                    client: baseClient,
                    access: baseAccess,
                    tag: settings.baseImage.tag,
                  },
                  target: {
                    client: targetClient,
                    access: targetAccess,
                    tag: input.tag ?? sourceDigest.slice(0, 12),
                  },
                  platform,
                  limits: settings.limits,
                  dependencies: builds.dependencies,
                  include: input.include,
                  secrets: [
                    target.password,
                    base.password,
                    targetAccess.authorization,
                    baseAccess.authorization,
                  ],
                  environment,
                  logger: ctx.logger,
                  signal,
                }),
              {
                signal,
                onWait: before =>
                  ctx.logger.info(
                    `Waiting until another build has ended; ${before} wait already`,
                  ),
              },
            );
            return { digest: pushed };
          },
        });

        if (!(await targetClient.hasImage(targetAccess, digest, { signal }))) {
          throw new ImageRegistryError(
            `Registry ${target.registry} does not have ${repository}@${digest}, which was pushed there by this task. Start the task anew, and see that the registry keeps its images`,
            target.registry,
            'missing',
          );
        }
        ctx.logger.info(
          `${target.registry}/${repository}@${digest} is there for ${platform.os}/${platform.architecture}`,
        );
        finish(digest);
      } catch (error) {
        logLastLines(error, ctx.logger);
        failure = { error };
      } finally {
        builds.work.discard(scratch);
      }
      if (failure !== undefined) {
        await holdWhileStopping(shutdownSignal, ctx.signal);
        throw failure.error;
      }
    },
  });
}

function logLastLines(error: unknown, logger: LoggerService): void {
  if (error instanceof ImageBuildError) {
    error.lastLines.forEach(line => logger.error(line));
  }
}
