import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import { ImageSettings, repositoryName } from '../image/imageSettings';
import { ImageRegistryError } from '../image/registry/ImageRegistryError';
import { RegistryClient } from '../image/registry/RegistryClient';
import { parseInput } from '../input/parseInput';
import { examples } from './imageDelete.examples';

const inputSchema = z.object({
  name: repositoryName.describe(
    'Repository in the configured registry, below its prefix.',
  ),
  keepWhereUnsupported: z
    .boolean()
    .default(false)
    .describe(
      'Say so and go on, instead of failing, where the registry removes nothing through its API.',
    ),
});

const outputSchema = z.object({
  removedDigests: z
    .array(z.string())
    .describe('Of the images that were removed.'),
  summary: z.string().describe('What was done, in one sentence.'),
});

/** `image:delete`: the reverse of `publish:image`, for all images of a repository that have a tag. */
export function createImageDeleteAction(deps: {
  /** Undefined: no registry is configured. */
  settings: ImageSettings | undefined;
}) {
  const { settings } = deps;
  return createTemplateAction({
    id: 'image:delete',
    description:
      'Removes the images that publish:image has pushed from the registry.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { signal, logger } = ctx;
      if (settings === undefined) {
        throw new InputError(
          'No registry is configured to remove images from; set sportsbookScaling.image.registry',
        );
      }
      const { registry } = settings.target;
      const repository = [settings.repositoryPrefix, input.name]
        .filter(part => part !== '')
        .join('/');
      if (ctx.isDryRun) {
        finish([], `Dry run: ${registry}/${repository} was not asked.`);
        return;
      }
      const client = new RegistryClient(settings.target);
      const access = await client.access(repository, 'pull,delete', { signal });
      const removed: string[] = [];
      try {
        for (const digest of await client.taggedDigests(access, { signal })) {
          if (await client.deleteImage(access, digest, { signal })) {
            removed.push(digest);
          }
        }
      } catch (error) {
        if (
          input.keepWhereUnsupported &&
          error instanceof ImageRegistryError &&
          error.reason === 'unsupported'
        ) {
          logger.warn(error.message);
          finish(
            removed,
            `The images of ${repository} were kept: ${error.message}.`,
          );
          return;
        }
        throw error;
      }
      const count = `${removed.length} image${removed.length === 1 ? '' : 's'}`;
      finish(
        removed,
        removed.length === 0
          ? `Registry ${registry} has no image of ${repository}.`
          : `${count} of ${repository} removed from registry ${registry}.`,
      );

      function finish(removedDigests: string[], summary: string) {
        logger.info(summary);
        ctx.output('removedDigests', removedDigests);
        ctx.output('summary', summary);
      }
    },
  });
}
