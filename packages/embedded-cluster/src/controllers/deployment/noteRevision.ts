import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { conditionOf } from '../foundation/conditions';
import { CONTROLLER_MANAGER } from '../foundation/ControllerContext';
import { fieldsOf } from '../foundation/fieldsOf';
import { requireType } from '../../runtime/requireType';
import { deploymentView } from '../views/deploymentView';
import { REVISION } from './annotations';
import {
  conditionAt,
  hasProgressDeadline,
  withCondition,
  type NewCondition,
} from './deploymentConditions';
import type { Rollout } from './Rollout';

/**
 * Gives the Deployment its revision and says what became of its ReplicaSet.
 * The revision is an annotation, yet travels with the status, as the real
 * controller writes it.
 *
 * @returns the Deployment as it is now
 */
export function noteRevision(
  { context, deployment }: Rollout,
  revision: string,
  { condition, ifAbsent }: { condition: NewCondition; ifAbsent: boolean },
): KubernetesObject {
  const view = deploymentView(deployment);
  const { conditions } = view.status;
  const says =
    hasProgressDeadline(view) &&
    (!ifAbsent || conditionOf(conditions, 'Progressing') === undefined);
  const revised = deployment.metadata.annotations?.[REVISION] !== revision;
  if (!says && !revised) {
    return deployment;
  }
  const { objects, clock } = context;
  return objects.update(
    requireType(objects, 'apps/v1', 'Deployment'),
    deployment.metadata,
    {
      ...deployment,
      metadata: {
        ...deployment.metadata,
        annotations: {
          ...deployment.metadata.annotations,
          [REVISION]: revision,
        },
      },
      status: {
        ...fieldsOf(deployment.status),
        ...(says
          ? {
              conditions: withCondition(
                conditions,
                conditionAt(condition, clock.now()),
              ),
            }
          : {}),
      },
    },
    { manager: CONTROLLER_MANAGER, subresource: 'status' },
  ).object;
}
