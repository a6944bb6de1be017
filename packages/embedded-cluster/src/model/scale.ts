import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { LabelSelector } from './labels';
import type { ResourceType } from './ResourceType';
import { ownMember } from './ownMember';
import { isRecord } from './jsonRecord';
import { selectorText as labelSelectorText } from './selectorText';

/**
 * The `autoscaling/v1` Scale of an object: what the scale subresource answers.
 *
 * @throws Error where the kind has no scale subresource
 */
export function scaleOf(
  type: ResourceType,
  object: KubernetesObject,
): KubernetesObject {
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } =
    scalePaths(type);
  const replicas = valueAt(object, specReplicasPath);
  const current = valueAt(object, statusReplicasPath);
  const selector = selectorText(
    labelSelectorPath === undefined
      ? undefined
      : valueAt(object, labelSelectorPath),
  );
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
    // As the server writes it: 0 is left out of the spec, not of the status.
    spec: typeof replicas === 'number' && replicas > 0 ? { replicas } : {},
    status: {
      replicas: typeof current === 'number' ? current : 0,
      ...(selector === '' ? {} : { selector }),
    },
  };
}

/** The object with other replicas, sharing the rest with the old one. */
export function withReplicas(
  type: ResourceType,
  object: KubernetesObject,
  replicas: number,
): KubernetesObject {
  const path = steps(scalePaths(type).specReplicasPath);
  return setAt(object, path, replicas) as KubernetesObject;
}

function scalePaths(type: ResourceType) {
  if (!type.scale) {
    throw new Error(`${type.kind} has no scale subresource`);
  }
  return type.scale;
}

function steps(path: string): string[] {
  return path.split('.').filter(step => step !== '');
}

function valueAt(object: unknown, path: string): unknown {
  return steps(path).reduce<unknown>(
    (value, step) => (isRecord(value) ? ownMember(value, step) : undefined),
    object,
  );
}

function setAt(object: unknown, path: string[], value: unknown): unknown {
  const [step, ...rest] = path;
  return step === undefined
    ? value
    : {
        ...(isRecord(object) ? object : {}),
        [step]: setAt(
          isRecord(object) ? ownMember(object, step) : {},
          rest,
          value,
        ),
      };
}

/** A selector as a query writes it; definitions give it so, built-in kinds as an object. */
function selectorText(selector: unknown): string {
  if (typeof selector === 'string') {
    return selector;
  }
  if (!isRecord(selector)) {
    return '';
  }
  return labelSelectorText(selector as LabelSelector);
}
