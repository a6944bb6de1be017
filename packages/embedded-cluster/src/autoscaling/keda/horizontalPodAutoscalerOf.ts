import {
  toMilli,
  type KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { formatMilli } from '../hpa/formatMilli';
import { KEDA_ANNOTATIONS, KEDA_VERSION, SCALED_OBJECT_LABEL } from './names';
import { pausingOf } from './pausing';
import type { PrometheusTrigger } from './prometheusTrigger';
import type { ScaledObject } from './ScaledObjects';
import { hpaMaxReplicas, hpaMinReplicas, hpaNameOf } from './scaledObjectSpec';

/** A label's value holds at most 63 characters and ends with a letter or digit. */
function labelValue(name: string): string {
  return name.slice(0, 63).replace(/[^\p{L}\p{N}]+$/u, '');
}

function labelsOf({ object, name, spec }: ScaledObject) {
  const { labels = {}, annotations = {} } = object.metadata;
  const excluded = new Set(
    (annotations[KEDA_ANNOTATIONS.excludedLabels] ?? '').split(','),
  );
  return {
    'app.kubernetes.io/name': labelValue(hpaNameOf(name, spec)),
    'app.kubernetes.io/version': KEDA_VERSION,
    'app.kubernetes.io/part-of': name,
    'app.kubernetes.io/managed-by': 'keda-operator',
    ...Object.fromEntries(
      Object.entries(labels).filter(([key]) => !excluded.has(key)),
    ),
  };
}

/** The behavior as given, with the directions closed that the annotations pause. */
function behaviorOf({ object, spec }: ScaledObject) {
  const given = spec.advanced?.horizontalPodAutoscalerConfig?.behavior;
  const { scaleIn, scaleOut } = pausingOf(object.metadata.annotations);
  if (!scaleIn && !scaleOut) {
    return given;
  }
  return {
    ...given,
    ...(scaleIn && {
      scaleDown: { ...given?.scaleDown, selectPolicy: 'Disabled' },
    }),
    ...(scaleOut && {
      scaleUp: { ...given?.scaleUp, selectPolicy: 'Disabled' },
    }),
  };
}

/** The HorizontalPodAutoscaler that KEDA keeps for a ScaledObject. */
export function horizontalPodAutoscalerOf(
  scaledObject: ScaledObject,
  triggers: readonly PrometheusTrigger[],
  targetType: ResourceType,
): KubernetesObject {
  const { object, name, namespace, spec } = scaledObject;
  const behavior = behaviorOf(scaledObject);
  const { annotations } = object.metadata;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name: hpaNameOf(name, spec),
      namespace,
      labels: labelsOf(scaledObject),
      ...(annotations && { annotations }),
      ownerReferences: [
        {
          apiVersion: object.apiVersion,
          kind: object.kind,
          name,
          uid: object.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      scaleTargetRef: {
        kind: targetType.kind,
        name: spec.scaleTargetRef.name,
        apiVersion: apiVersionOf(targetType),
      },
      minReplicas: hpaMinReplicas(spec),
      maxReplicas: hpaMaxReplicas(spec),
      metrics: triggers.map(({ metricName, metricType, threshold }) => ({
        type: 'External',
        external: {
          metric: {
            name: metricName,
            selector: { matchLabels: { [SCALED_OBJECT_LABEL]: name } },
          },
          target: {
            type: metricType,
            [metricType === 'Value' ? 'value' : 'averageValue']: formatMilli(
              toMilli(threshold),
            ),
          },
        },
      })),
      ...(behavior && { behavior }),
    },
  };
}
