import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  Sourced,
  sourcedFailure,
  sourcedValue,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { EntitySnapshots } from '../EntitySnapshots';

/**
 * Offers the snapshot's answer in a few numbers and a sentence, to whatever
 * uses Backstage's actions registry: tools that speak MCP, and templates.
 */
export function registerGetScalingStatus(
  registry: ActionsRegistryService,
  snapshots: EntitySnapshots,
): void {
  registry.register({
    name: 'get-scaling-status',
    title: 'Get the scaling status of a service',
    description: `
Says how many replicas a service has, what its request rate is, and why the autoscaler holds, adds or removes replicas.

When to use: a question about load, replicas or autoscaling of a catalog entity that carries the annotations backstage.io/kubernetes-cluster, -namespace and -id.

The output's 'sentence' is the answer in words, 'nextStep' what to do where there is something to do. Numbers that are not known at present are left out, and 'notKnown' says why.
`.trim(),
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Full entity ref, such as component:default/odds-api'),
        }),
      output: z =>
        z.object({
          state: z.string().describe('One word, such as holding or atMaximum'),
          sentence: z.string(),
          nextStep: z.string().optional(),
          requestsPerSecond: z.number().optional(),
          requestsPerSecondPerReplica: z
            .number()
            .optional()
            .describe('The threshold'),
          currentReplicas: z.number().optional(),
          desiredReplicas: z.number().optional(),
          minReplicas: z.number().optional(),
          maxReplicas: z.number().optional(),
          notKnown: z.array(z.string()),
        }),
    },
    examples: [
      {
        title: 'A service under load',
        input: { entityRef: 'component:default/odds-api' },
        output: {
          state: 'holding',
          sentence:
            'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
          requestsPerSecond: 250,
          requestsPerSecondPerReplica: 100,
          currentReplicas: 3,
          desiredReplicas: 3,
          minReplicas: 2,
          maxReplicas: 10,
          notKnown: [],
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { scaledObject, autoscaler, requestsPerSecond, verdict } =
        await snapshots.of(fullRef(input.entityRef), credentials);
      const policy = sourcedValue(scaledObject);
      const replicas = sourcedValue(autoscaler);
      return {
        output: {
          ...verdict,
          requestsPerSecond: sourcedValue(requestsPerSecond),
          requestsPerSecondPerReplica:
            policy?.trigger?.requestsPerSecondPerReplica,
          currentReplicas: replicas?.currentReplicas,
          desiredReplicas: replicas?.desiredReplicas,
          minReplicas: policy?.minReplicas,
          maxReplicas: policy?.maxReplicas,
          notKnown: reasons([scaledObject, autoscaler, requestsPerSecond]),
        },
      };
    },
  });
}

function fullRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch (error) {
    throw new InputError(
      `'${ref}' is not a full entity ref. Write it like component:default/odds-api.`,
      error,
    );
  }
}

/** Stale values are shown, and listed with why they are. */
function reasons(sources: Sourced<unknown>[]): string[] {
  const messages = sources.flatMap(
    source => sourcedFailure(source)?.message ?? [],
  );
  return [...new Set(messages)];
}
