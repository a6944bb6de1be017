import { UserInfoService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { scalingTargetOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { componentRef } from '../input/componentRef';
import { parseInput } from '../input/parseInput';
import { repositoryOf } from '../repositories/repositoryOf';
import { examples } from './serviceDescribe.examples';

const inputSchema = z.object({
  entityRef: z
    .string()
    .min(1)
    .describe('A component that the user of the task owns.'),
  confirmedName: z
    .string()
    .optional()
    .describe(
      'What the user typed as its name; anything but the name ends the task.',
    ),
});

const outputSchema = z.object({
  entityRef: z.string(),
  name: z.string(),
  cluster: z.string().describe('As Backstage knows it.'),
  namespace: z.string(),
  scaledObject: z.string().describe('Name of its ScaledObject.'),
  repoUrl: z
    .string()
    .describe('Its repository, as publishing actions take it.'),
  sourceUrl: z.string().describe('Its repository, as fetch:plain takes it.'),
});

/** `service:describe`: where a service lives, for a user who owns it. */
export function createServiceDescribeAction(deps: {
  catalog: CatalogService;
  userInfo: UserInfoService;
  integrations: ScmIntegrationRegistry;
}) {
  const { catalog, userInfo, integrations } = deps;
  return createTemplateAction({
    id: 'service:describe',
    description:
      "Reads a service's cluster, namespace and repository from its entity, and ends the task unless its user owns the entity.",
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const input = parseInput(inputSchema, ctx.input);
      const ref = componentRef(input.entityRef);
      const credentials = await ctx.getInitiatorCredentials();
      const entity = await catalog.getEntityByRef(ref, { credentials });
      if (entity === undefined) {
        throw new NotFoundError(
          `The catalog has no ${ref}, or you may not see it. Choose a service from the list`,
        );
      }
      const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
      assertOwned(entity, ownershipEntityRefs);
      const { name } = entity.metadata;
      if (input.confirmedName !== undefined && input.confirmedName !== name) {
        throw new InputError(
          `You typed '${input.confirmedName}', and the service's name is '${name}'. Nothing was changed; type the name to go on`,
        );
      }
      const result = scalingTargetOf(entity);
      if (!result.ok) {
        throw new InputError(
          `${ref} does not say where it runs: add the annotation${
            result.missing.length === 1 ? '' : 's'
          } ${result.missing.join(', ')} to its catalog-info.yaml`,
        );
      }
      const location =
        entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION];
      const repository = repositoryOf(location, integrations);
      if (repository === undefined) {
        throw new InputError(
          `The source of ${ref}, ${
            location ?? 'which has no annotation'
          }, is on no configured Git host. Correct its annotation ${ANNOTATION_SOURCE_LOCATION}, or add the host to 'integrations'`,
        );
      }
      const { cluster, namespace, scaledObject } = result.target;
      const { host, owner, repo, url } = repository;
      ctx.logger.info(
        `${ref} runs in namespace '${namespace}' of cluster '${cluster}', from ${owner}/${repo} on ${host}`,
      );
      ctx.output('entityRef', ref);
      ctx.output('name', name);
      ctx.output('cluster', cluster);
      ctx.output('namespace', namespace);
      ctx.output('scaledObject', scaledObject);
      ctx.output(
        'repoUrl',
        `${host}?owner=${encodeURIComponent(owner)}&repo=${encodeURIComponent(
          repo,
        )}`,
      );
      ctx.output('sourceUrl', url);
    },
  });
}

function assertOwned(entity: Entity, ownershipEntityRefs: string[]): void {
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
  if (!owners.some(owner => ownershipEntityRefs.includes(owner))) {
    throw new NotAllowedError(
      `${stringifyEntityRef(entity)} belongs to ${
        owners.join(', ') || 'nobody'
      }, and not to you. Ask its owner, or become a member of that group`,
    );
  }
}
