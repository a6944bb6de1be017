import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { LabelSelector } from '../model/labels';
import type { ResourceType } from '../model/ResourceType';
import { StatusError } from '../model/StatusError';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { selectorText } from '../model/selectorText';

/** `spec.scaleTargetRef`. */
export interface ScaleTargetRef {
  apiVersion: string;
  kind: string;
  name: string;
}

/** The scale subresource of a workload. */
export interface TargetScale {
  type: ResourceType;
  object: KubernetesObject;
  specReplicas: number;
  statusReplicas: number;
  /** In the API's text; empty where the workload names none. */
  selector: string;
}

/** A kind that nothing serves, as a client's mapper reports it. */
export class NoKindMatchError extends Error {
  readonly name = 'NoKindMatchError' as const;

  constructor(group: string, kind: string) {
    super(`no matches for kind "${kind}" in group "${group}"`);
  }
}

const selectorSchema = z.object({
  spec: z.object({ selector: z.custom<LabelSelector>().optional() }).optional(),
});

function valueAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .filter(step => step !== '')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([key]) => key === step)?.[1]
          : undefined,
      object,
    );
}

function countAt(object: KubernetesObject, path: string): number | undefined {
  const value = valueAt(object, path);
  return typeof value === 'number' ? value : undefined;
}

function selectorOf(type: ResourceType, object: KubernetesObject): string {
  if (type.custom) {
    const path = type.scale?.labelSelectorPath;
    const value = path === undefined ? undefined : valueAt(object, path);
    return typeof value === 'string' ? value : '';
  }
  const selector = selectorSchema.parse(object).spec?.selector;
  return selector === undefined ? '' : selectorText(selector);
}

/**
 * The kind that a reference names, in any version of its group.
 *
 * @throws NoKindMatchError
 */
export function scaleTargetType(
  objects: ClusterObjects,
  { apiVersion, kind }: Pick<ScaleTargetRef, 'apiVersion' | 'kind'>,
): ResourceType {
  const exact = objects.typeOf(apiVersion, kind);
  if (exact !== undefined) {
    return exact;
  }
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const other = objects
    .types()
    .find(type => type.group === group && type.kind === kind);
  if (other === undefined) {
    throw new NoKindMatchError(group, kind);
  }
  return other;
}

/**
 * @throws NoKindMatchError where nothing serves the kind
 * @throws StatusError 404 where there is no such object, or its kind cannot be scaled
 */
export function readScale(
  objects: ClusterObjects,
  target: ScaleTargetRef,
  namespace: string,
): TargetScale {
  const type = scaleTargetType(objects, target);
  const object = objects.get(type, { namespace, name: target.name });
  if (type.scale === undefined) {
    throw new StatusError({
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  }
  return {
    type,
    object,
    // Built-in kinds have a default of 1 that the API server fills in.
    specReplicas: countAt(object, type.scale.specReplicasPath) ?? 0,
    statusReplicas: countAt(object, type.scale.statusReplicasPath) ?? 0,
    selector: selectorOf(type, object),
  };
}

/** Sets `spec.replicas` through the scale subresource. */
export function writeReplicas(
  objects: ClusterObjects,
  { type, object: { metadata } }: TargetScale,
  { replicas, manager }: { replicas: number; manager: string },
): void {
  objects.update(
    type,
    { namespace: metadata.namespace, name: metadata.name },
    {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: {
        name: metadata.name,
        namespace: metadata.namespace,
        resourceVersion: metadata.resourceVersion,
      },
      spec: { replicas },
    },
    { manager, subresource: 'scale' },
  );
}
