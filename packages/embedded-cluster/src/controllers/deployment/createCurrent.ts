import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { StatusError } from '../../model/StatusError';
import { CONTROLLER_MANAGER } from '../foundation/ControllerContext';
import { isNamespaceTerminating } from '../foundation/isNamespaceTerminating';
import { isControlledBy } from '../foundation/ownership';
import { requireType } from '../../runtime/requireType';
import { sameValue } from '../foundation/sameValue';
import { deploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { fencepostsOf, isRollingUpdate } from './fenceposts';
import { newReplicaSet } from './newReplicaSet';
import { noteCollision, noteFailure } from './noteFailure';
import { noteRevision } from './noteRevision';
import { COMPONENT, nextRevision, wantedBy, type Rollout } from './Rollout';
import { withoutHash } from './sortOut';

/**
 * Makes the ReplicaSet of the present template.
 *
 * @throws StatusError when the API refuses it; the Deployment's condition says so
 */
export function createCurrent(rollout: Rollout): Rollout {
  const { context, deployment, old } = rollout;
  const { objects } = context;
  const type = requireType(objects, 'apps/v1', 'ReplicaSet');
  const view = deploymentView(deployment);
  const revision = nextRevision(rollout);
  const replicas = isRollingUpdate(view.spec.strategy.type)
    ? Math.max(
        0,
        Math.min(
          view.spec.replicas + fencepostsOf(view).maxSurge - wantedBy(old),
          view.spec.replicas,
        ),
      )
    : view.spec.replicas;
  const wanted = newReplicaSet(deployment, { revision, replicas });
  let current: KubernetesObject;
  let isNew = true;
  try {
    current = objects.create(type, wanted, {
      manager: CONTROLLER_MANAGER,
    }).object;
  } catch (error) {
    if (isNamespaceTerminating(error)) {
      return rollout;
    }
    if (!(error instanceof StatusError) || error.reason !== 'AlreadyExists') {
      noteFailure(rollout, wanted.metadata.name, error);
      throw error;
    }
    const taken = objects.get(type, wanted.metadata);
    if (
      !isControlledBy(taken, deployment) ||
      !sameValue(
        withoutHash(replicaSetView(taken).spec.template),
        withoutHash(view.spec.template),
      )
    ) {
      noteCollision(rollout);
      throw error;
    }
    current = taken;
    isNew = false;
  }
  if (isNew && replicas > 0) {
    context.events.record({
      object: deployment,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled up replica set ${current.metadata.name} from 0 to ${replicas}`,
      component: COMPONENT,
    });
  }
  const next = { ...rollout, current };
  return {
    ...next,
    deployment: noteRevision(next, String(revision), {
      ifAbsent: !isNew,
      condition: {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetCreated',
        message: `Created new replica set "${current.metadata.name}"`,
      },
    }),
  };
}
