import { asJson } from '../foundation/asJson';
import { CONTROLLER_MANAGER } from '../foundation/ControllerContext';
import { fieldsOf } from '../foundation/fieldsOf';
import { requireType } from '../../runtime/requireType';
import { sameValue } from '../foundation/sameValue';
import { deploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import { REVISION, rolledOutAnnotations } from './annotations';
import { noteRevision } from './noteRevision';
import { nextRevision, type Rollout } from './Rollout';

/**
 * Gives the ReplicaSet that is there its revision and annotations, and the
 * Deployment its revision and a first condition.
 */
export function updateCurrent(rollout: Rollout): Rollout {
  const { context, deployment, current } = rollout;
  if (current === undefined) {
    return rollout;
  }
  const { objects } = context;
  const { minReadySeconds } = deploymentView(deployment).spec;
  const annotations = rolledOutAnnotations(
    deployment,
    current.metadata.annotations ?? {},
    nextRevision(rollout),
  );
  if (
    !sameValue(annotations, current.metadata.annotations ?? {}) ||
    replicaSetView(current).spec.minReadySeconds !== minReadySeconds
  ) {
    const spec = fieldsOf(current.spec);
    return {
      ...rollout,
      current: objects.update(
        requireType(objects, 'apps/v1', 'ReplicaSet'),
        current.metadata,
        asJson({
          ...current,
          metadata: { ...current.metadata, annotations },
          spec: {
            ...spec,
            minReadySeconds:
              minReadySeconds === 0 ? undefined : minReadySeconds,
          },
        }),
        { manager: CONTROLLER_MANAGER },
      ).object,
    };
  }
  return {
    ...rollout,
    deployment: noteRevision(rollout, annotations[REVISION], {
      ifAbsent: true,
      condition: {
        type: 'Progressing',
        status: 'True',
        reason: 'FoundNewReplicaSet',
        message: `Found new replica set "${current.metadata.name}"`,
      },
    }),
  };
}
