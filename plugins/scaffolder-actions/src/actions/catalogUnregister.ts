import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';
import { componentRef } from '../input/componentRef';
import { parseInput } from '../input/parseInput';
import { examples } from './catalogUnregister.examples';

const inputSchema = z.object({
  entityRef: z.string().min(1).describe('Such as component:default/odds-api.'),
});

const outputSchema = z.object({
  summary: z.string().describe('What was done, in one sentence.'),
});

/**
 * `catalog:unregister`: the reverse of `catalog:register`, with the rights of
 * the task's user. Removes the location that the entity came from, unless other
 * entities came from it too.
 */
export function createCatalogUnregisterAction(deps: {
  catalog: CatalogService;
}) {
  const { catalog } = deps;
  return createTemplateAction({
    id: 'catalog:unregister',
    description:
      'Takes an entity out of the catalog by removing the location that it alone came from.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const ref = componentRef(input.entityRef);
      const credentials = await ctx.getInitiatorCredentials();
      const entity = await catalog.getEntityByRef(ref, { credentials });
      if (entity === undefined) {
        finish(`The catalog has no ${ref}.`);
        return;
      }
      const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
      const location =
        origin === undefined
          ? undefined
          : await catalog.getLocationByRef(origin, { credentials });
      if (location === undefined) {
        throw new InputError(
          `${ref} was not registered by anybody: it comes from ${
            origin ?? 'an entity provider'
          }, which the configuration of Backstage names. Take it out there`,
        );
      }
      const { items } = await catalog.getEntities(
        {
          filter: {
            [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]:
              origin ?? '',
          },
          fields: ['kind', 'metadata.namespace', 'metadata.name'],
        },
        { credentials },
      );
      // The location is an entity too; what else it names has its origin.
      const others = items
        .filter(({ kind }) => kind !== 'Location')
        .map(item => stringifyEntityRef(item))
        .filter(other => other !== ref);
      if (others.length > 0) {
        throw new ConflictError(
          `${ref} stays in the catalog: ${others.join(
            ', ',
          )} came from the same location, ${
            location.target
          }, and would go with it. Take ${ref} out of that file instead`,
        );
      }
      if (ctx.isDryRun) {
        finish(`Dry run: ${ref} would go, with location ${location.target}.`);
        return;
      }
      await catalog.removeLocationById(location.id, { credentials });
      finish(
        `${ref} was taken out of the catalog, with location ${location.target}.`,
      );

      function finish(summary: string) {
        ctx.logger.info(summary);
        ctx.output('summary', summary);
      }
    },
  });
}
