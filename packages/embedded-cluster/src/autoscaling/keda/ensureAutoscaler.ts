import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { ensureObject } from '../../runtime/ensureObject';
import { requireType } from '../../runtime/requireType';
import type { TargetScale } from '../scaleTarget';
import { horizontalPodAutoscalerOf } from './horizontalPodAutoscalerOf';
import { isUpToDate } from './isUpToDate';
import { KEDA_MANAGER } from './names';
import type { ScaledObjectReconciliation } from './ScaledObjectReconciliation';
import type { ScaledObject } from './ScaledObjects';
import { hpaNameOf, usesScalingModifiers } from './scaledObjectSpec';

function findAutoscaler(
  objects: ClusterObjects,
  { namespace, name, spec, status }: ScaledObject,
): KubernetesObject | undefined {
  return objects.find(
    requireType(objects, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
    { namespace, name: status.hpaName || hpaNameOf(name, spec) },
  );
}

function remove(
  objects: ClusterObjects,
  { apiVersion, kind, metadata }: KubernetesObject,
): void {
  objects.delete(
    requireType(objects, apiVersion, kind),
    { namespace: metadata.namespace, name: metadata.name },
    { propagationPolicy: 'Background' },
  );
}

/** Deletes the autoscaler of a ScaledObject, where there is one. */
export function deleteAutoscaler(
  objects: ClusterObjects,
  scaledObject: ScaledObject,
): void {
  const autoscaler = findAutoscaler(objects, scaledObject);
  if (autoscaler) {
    remove(objects, autoscaler);
  }
}

/**
 * Makes the autoscaler of a ScaledObject, or makes it as it should be.
 *
 * @returns whether there was none of its name before
 * @throws Error for triggers that no metric can be made of
 */
export function ensureAutoscaler(
  scaledObject: ScaledObject,
  scale: TargetScale,
  { objects, scaledObjects, readings }: ScaledObjectReconciliation,
): boolean {
  const { key, namespace, name, spec } = scaledObject;
  if (usesScalingModifiers(spec)) {
    throw new Error(
      'the embedded cluster does not have scalingModifiers; leave them out, or use a real cluster with KEDA',
    );
  }
  const triggers = readings.triggersOf(scaledObject);
  const metricNames = triggers.map(({ metricName }) => metricName);
  const before = findAutoscaler(objects, scaledObject);
  if (before && before.metadata.name !== hpaNameOf(name, spec)) {
    remove(objects, before);
  }
  scaledObjects.setStatus(key, ({ health }) => {
    const kept = Object.entries(health ?? {}).filter(([metricName]) =>
      metricNames.includes(metricName),
    );
    return {
      externalMetricNames: metricNames,
      health: kept.length === 0 ? undefined : Object.fromEntries(kept),
    };
  });
  const wanted = horizontalPodAutoscalerOf(scaledObject, triggers, scale.type);
  const live = objects.find(
    requireType(objects, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
    { namespace, name: wanted.metadata.name },
  );
  if (live === undefined || !isUpToDate(live, wanted)) {
    ensureObject(objects, wanted, { manager: KEDA_MANAGER });
  }
  scaledObjects.setStatus(key, () => ({ hpaName: wanted.metadata.name }));
  return before?.metadata.name !== wanted.metadata.name;
}
