import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { matchesSelector } from '../../model/labels';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { PLAIN } from '../answer/representation';
import { decodeObject } from '../request/decodeObject';
import { deleteRequestOf } from '../request/deleteOptions';
import type { ResourceExchange } from '../request/Exchange';
import { readBody } from '../request/readBody';
import { writeOptions } from '../request/writeOptions';
import { answerValue } from './answerObject';

const EVICTION = {
  group: 'policy',
  version: 'v1',
  kind: 'Eviction',
  custom: false,
};

const budgetSchema = z.object({
  spec: z
    .object({
      selector: z
        .object({
          matchLabels: z.record(z.string(), z.string()).optional(),
          matchExpressions: z
            .array(
              z.object({
                key: z.string(),
                operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
                values: z.array(z.string()).optional(),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .default({}),
  status: z
    .object({
      disruptionsAllowed: z.number().default(0),
      desiredHealthy: z.number().default(0),
      currentHealthy: z.number().default(0),
    })
    .default({ disruptionsAllowed: 0, desiredHealthy: 0, currentHealthy: 0 }),
});

/** `POST .../pods/<name>/eviction`: deletes the pod unless a PodDisruptionBudget forbids it now. */
export async function evictPod(
  exchange: ResourceExchange,
  type: ResourceType,
  { objects }: { objects: ClusterObjects },
): Promise<void> {
  const { request, address } = exchange;
  const key = { namespace: address.namespace, name: address.name ?? '' };
  const body = await readBody(request);
  const options = writeOptions(exchange, 'CreateOptions');
  const eviction = decodeObject(
    body,
    request.headers['content-type'],
    EVICTION,
    options,
  );
  const pod = objects.get(type, key);
  if (pod.metadata.deletionTimestamp === undefined && !hasEnded(pod)) {
    checkBudgets(objects, pod);
  }
  const deleteRequest = deleteRequestOf(exchange, eviction.deleteOptions ?? {});
  objects.delete(type, key, {
    ...deleteRequest,
    dryRun: deleteRequest.dryRun || options.dryRun,
  });
  await answerValue(exchange, {
    representation: PLAIN,
    code: 201,
    value: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      code: 201,
    },
  });
}

function hasEnded(pod: KubernetesObject): boolean {
  const { phase } = z
    .object({ phase: z.string().optional() })
    .parse(pod.status ?? {});
  return phase === 'Succeeded' || phase === 'Failed';
}

/** @throws StatusError 429 */
function checkBudgets(objects: ClusterObjects, pod: KubernetesObject): void {
  const budgets = objects.typeOf('policy/v1', 'PodDisruptionBudget');
  if (budgets === undefined) {
    return;
  }
  const { namespace, labels } = pod.metadata;
  for (const budget of objects.list(budgets, { namespace }).items) {
    const { spec, status } = budgetSchema.parse(budget);
    if (
      matchesSelector(labels, spec.selector) &&
      status.disruptionsAllowed <= 0
    ) {
      throw new StatusError({
        code: 429,
        reason: 'TooManyRequests',
        message:
          "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: `The disruption budget ${budget.metadata.name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`,
            },
          ],
        },
      });
    }
  }
}
