import {
  groupKindOf,
  formatObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../../model/objectKey';
import { PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import { scaleTargetOf } from './scaleTargets';

async function targetExists(
  { view, objects }: PlanContext,
  autoscaler: ResolvedObject,
): Promise<boolean> {
  const target = scaleTargetOf(autoscaler.object);
  // Without a target the server's own validation refuses it, in words of its own.
  if (target === undefined) {
    return true;
  }
  if (objects.some(({ ref }) => objectKey(ref) === objectKey(target))) {
    return true;
  }
  const live = await view.get(target);
  return live.status === 'unreadable' || live.value !== undefined;
}

/** Refuses a ScaledObject whose workload is neither in the set nor in the cluster; KEDA's webhook accepts it. */
export const checkScaleTargets: PlanCheck = async context => {
  const scaledObjects = context.objects.filter(
    ({ ref }) => groupKindOf(ref) === 'keda.sh/ScaledObject',
  );
  const exist = await Promise.all(
    scaledObjects.map(object => targetExists(context, object)),
  );
  return {
    problems: scaledObjects
      .filter((_, index) => !exist[index])
      .map(({ object, ref, source }) => {
        const target = scaleTargetOf(object);
        return {
          ref,
          source,
          message: `it scales ${
            target === undefined ? 'nothing' : formatObjectRef(target)
          }, which is neither in the manifests nor on the cluster; correct spec.scaleTargetRef, or add the workload`,
        };
      }),
  };
};
