import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  UrlReaderService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod/v3';
import { renderTree } from '../handlebars/renderTree';
import { writeTree } from '../handlebars/writeTree';
import { parseInput } from '../input/parseInput';
import { InstalledSkeleton } from '../skeletons/Skeleton';
import { fetchHandlebarsExamples } from './fetchHandlebars.examples';

const values = z.record(z.custom<JsonValue | undefined>());

const inputSchema = z
  .object({
    skeleton: z
      .string()
      .optional()
      .describe('Id of a skeleton that is installed with this action.'),
    url: z
      .string()
      .url()
      .optional()
      .describe(
        'Address of a folder in a repository that Backstage may read; its files are rendered with the values as they are.',
      ),
    values: values
      .default({})
      .describe('What the files are rendered with, or derived from.'),
    targetPath: z
      .string()
      .default('.')
      .describe('Folder in the workspace that the files go to.'),
    replace: z
      .boolean()
      .default(false)
      .describe('Overwrite files that are there with other content.'),
  })
  .superRefine((input, context) => {
    if ((input.skeleton === undefined) === (input.url === undefined)) {
      context.addIssue({
        code: z.ZodIssueCode.custom,
        message: `give either 'skeleton' or 'url'`,
      });
    }
  });

const outputSchema = z.object({
  values: values.describe(
    'What the files were rendered with: the input, defaults and derived values.',
  ),
});

async function withTemporaryDirectory<T>(
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await fs.mkdtemp(join(tmpdir(), 'fetch-handlebars-'));
  try {
    return await use(directory);
  } finally {
    await fs.rm(directory, { recursive: true, force: true });
  }
}

/** The action `fetch:handlebars`: renders a tree of files into the workspace. */
export function createFetchHandlebarsAction(options: {
  skeletons: readonly InstalledSkeleton[];
  urlReader: UrlReaderService;
}) {
  const { skeletons, urlReader } = options;

  const installed = (id: string): InstalledSkeleton => {
    const skeleton = skeletons.find(candidate => candidate.id === id);
    if (skeleton === undefined) {
      throw new InputError(
        `There is no skeleton '${id}'; installed are: ${skeletons
          .map(candidate => candidate.id)
          .join(', ')}`,
      );
    }
    return skeleton;
  };

  return createTemplateAction({
    id: 'fetch:handlebars',
    description:
      'Renders a tree of files into the workspace: files ending in .hbs with Handlebars, all others byte for byte.',
    examples: fetchHandlebarsExamples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { signal } = ctx;
      const directory = resolveSafeChildPath(
        ctx.workspacePath,
        input.targetPath,
      );

      const render = async (source: string, parsed: JsonObject) => {
        const files = await renderTree({
          directory: source,
          values: parsed,
          signal,
        });
        const { written, unchanged } = await writeTree({
          directory,
          files,
          replace: input.replace,
          signal,
        });
        ctx.logger.info(
          `Rendered ${files.length} files into ${input.targetPath}: ${written} written, ${unchanged} unchanged`,
        );
        ctx.output('values', parsed);
      };

      if (input.skeleton !== undefined) {
        const skeleton = installed(input.skeleton);
        await render(skeleton.directory, skeleton.parseValues(input.values));
        return;
      }
      const url = input.url ?? '';
      await withTemporaryDirectory(async targetDir => {
        const tree = await urlReader.readTree(url, { signal });
        await render(await tree.dir({ targetDir }), input.values);
      });
    },
  });
}
