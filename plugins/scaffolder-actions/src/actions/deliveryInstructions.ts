import {
  resolveSafeChildPath,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  handOverCommands,
  readManifests,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { parseInput } from '../input/parseInput';
import { clusterNameSchema } from './clusterNameSchema';
import { examples } from './deliveryInstructions.examples';
import { readManifestSources } from './readManifestSources';

const inputSchema = z.object({
  cluster: clusterNameSchema,
  namespace: z
    .string()
    .min(1)
    .describe('Namespace of objects that name none themselves'),
  repositoryUrl: z
    .string()
    .min(1)
    .optional()
    .describe('Clone address of the published repository; not looked at'),
  sourcePath: z
    .string()
    .min(1)
    .default('.')
    .describe("Folder of the workspace that is the repository's root"),
  path: z
    .string()
    .min(1)
    .default('k8s')
    .describe('Folder of the manifests in the repository'),
});

const outputSchema = z.object({
  commands: z.array(z.string()).describe('In the order in which to run them'),
  summary: z.string().describe('What to do, as Markdown'),
});

/** `delivery:instructions`: what people run where nobody applies for them. */
export function createDeliveryInstructionsAction(deps: {
  reader: UrlReaderService;
}) {
  return createTemplateAction({
    id: 'delivery:instructions',
    description:
      'Says which kubectl commands apply the manifests of a repository, in the right order; runs none of them',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const { cluster, namespace, repositoryUrl, path } = input;
      const { logger, signal } = ctx;
      if (ctx.isDryRun) {
        logger.info('Dry run: the manifests may not have been rendered');
        ctx.output('commands', []);
        ctx.output('summary', '');
        return;
      }
      const files = await readManifestSources({
        sources: [{ path }],
        workspacePath: resolveSafeChildPath(
          ctx.workspacePath,
          input.sourcePath,
        ),
        reader: deps.reader,
        onProgress: line => logger.info(line),
        signal,
      });
      const commands = handOverCommands({
        manifests: readManifests(files),
        namespace,
      });
      commands.forEach(command => logger.info(command));
      ctx.output('commands', commands);
      ctx.output(
        'summary',
        [
          `Nothing was changed on cluster '${cluster}': its own people apply what runs there. With a kubeconfig whose current context is that cluster, run${
            repositoryUrl === undefined
              ? ' in the repository'
              : ` in a clone of ${repositoryUrl}`
          }:`,
          '',
          '```sh',
          ...commands,
          '```',
        ].join('\n'),
      );
    },
  });
}
