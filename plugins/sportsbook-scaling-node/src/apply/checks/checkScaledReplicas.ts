import {
  formatObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../../model/objectKey';
import { PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import { AUTOSCALER, ofSetAndCluster, SCALED_OBJECT } from './ofSetAndCluster';
import { scaleTargetOf } from './scaleTargets';

/** The replicas that a manifest sets; undefined where it sets none. */
export function replicasSetIn({
  object,
}: Pick<ResolvedObject, 'object'>): unknown {
  const { spec } = object;
  return typeof spec === 'object' && spec !== null && 'replicas' in spec
    ? spec.replicas ?? undefined
    : undefined;
}

/** Who scales `target`: a ScaledObject rather than the autoscaler that KEDA made for it. */
export async function findAutoscaler(
  context: PlanContext,
  target: ResolvedObject,
) {
  const { namespace } = target.ref;
  const [scaledObjects, autoscalers] = await Promise.all([
    ofSetAndCluster(context, SCALED_OBJECT, namespace),
    ofSetAndCluster(context, AUTOSCALER, namespace),
  ]);
  const autoscaler = [...scaledObjects.items, ...autoscalers.items].find(
    candidate => {
      const scaled = scaleTargetOf(candidate);
      return (
        scaled !== undefined && objectKey(scaled) === objectKey(target.ref)
      );
    },
  );
  return {
    autoscaler,
    warnings: [...scaledObjects.warnings, ...autoscalers.warnings],
  };
}

/**
 * Refuses a replica count in a workload that an autoscaler scales.
 *
 * @remarks
 * The API server accepts it and resets the autoscaler's decision, because
 * after a scaling nobody owns the field.
 */
export const checkScaledReplicas: PlanCheck = async context => {
  const results = await Promise.all(
    context.objects
      .filter(
        object =>
          replicasSetIn(object) !== undefined &&
          object.ref.namespace !== undefined &&
          [
            'Deployment',
            'StatefulSet',
            'ReplicaSet',
            'ReplicationController',
          ].includes(object.ref.kind),
      )
      .map(async object => {
        const { autoscaler, warnings } = await findAutoscaler(context, object);
        return {
          warnings,
          problems:
            autoscaler === undefined
              ? []
              : [
                  {
                    ref: object.ref,
                    source: object.source,
                    message: `it sets spec.replicas to ${JSON.stringify(
                      replicasSetIn(object),
                    )}, but ${formatObjectRef(
                      objectRefOf(autoscaler),
                    )} scales it, and each apply would reset its decision; remove spec.replicas from the manifest`,
                  },
                ],
        };
      }),
  );
  return {
    problems: results.flatMap(({ problems }) => problems),
    warnings: results.flatMap(({ warnings }) => warnings),
  };
};
