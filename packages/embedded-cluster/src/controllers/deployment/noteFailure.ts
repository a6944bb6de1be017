import { fieldsOf } from '../foundation/fieldsOf';
import { requireType } from '../../runtime/requireType';
import { writeStatus } from '../foundation/writeStatus';
import { deploymentView } from '../views/deploymentView';
import {
  conditionAt,
  hasProgressDeadline,
  withCondition,
} from './deploymentConditions';
import { COMPONENT, type Rollout } from './Rollout';
import { messageOf } from '../../runtime/messageOf';

/** Says that the API refused the ReplicaSet. */
export function noteFailure(
  { context, deployment }: Rollout,
  name: string,
  error: unknown,
): void {
  const message = `Failed to create new replica set "${name}": ${messageOf(
    error,
  )}`;
  const view = deploymentView(deployment);
  if (hasProgressDeadline(view)) {
    writeStatus(
      context.objects,
      requireType(context.objects, 'apps/v1', 'Deployment'),
      {
        object: deployment,
        status: {
          ...fieldsOf(deployment.status),
          conditions: withCondition(
            view.status.conditions,
            conditionAt(
              {
                type: 'Progressing',
                status: 'False',
                reason: 'ReplicaSetCreateError',
                message,
              },
              context.clock.now(),
            ),
          ),
        },
      },
    );
  }
  context.events.record({
    object: deployment,
    type: 'Warning',
    reason: 'ReplicaSetCreateError',
    message,
    component: COMPONENT,
  });
}

/** Somebody else has the name: the next round makes another one. */
export function noteCollision({ context, deployment }: Rollout): void {
  const { collisionCount } = deploymentView(deployment).status;
  writeStatus(
    context.objects,
    requireType(context.objects, 'apps/v1', 'Deployment'),
    {
      object: deployment,
      status: {
        ...fieldsOf(deployment.status),
        collisionCount: (collisionCount ?? 0) + 1,
      },
    },
  );
}
