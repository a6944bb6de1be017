import {
  ObjectRef,
  groupKindOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { createHash } from 'node:crypto';
import { apiGroupOf } from '../../model/objectKey';

/** A set of objects that are applied together, by the ConfigMap that stands for it. */
export interface ApplySet {
  /** Of the ConfigMap. */
  name: string;
  /** Where the ConfigMap lies; its members may lie elsewhere. */
  namespace: string;
  /** The entity that the set belongs to, such as `component:default/odds`. Kept on the ConfigMap. */
  entityRef?: string;
  /** The task that applies it. Kept on the ConfigMap, where it changes anything. */
  task?: string;
}

/** The ConfigMap that stands for a set. */
export function parentRefOf({
  name,
  namespace,
}: Pick<ApplySet, 'name' | 'namespace'>): ObjectRef {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, namespace };
}

/** The id that KEP-3659 gives the set of a ConfigMap; the value of its members' label. */
export function applySetId({
  name,
  namespace,
}: Pick<ApplySet, 'name' | 'namespace'>): string {
  const digest = createHash('sha256')
    .update([name, namespace, 'ConfigMap', ''].join('.'))
    .digest('base64url');
  return `applyset-${digest}-v1`;
}

/** `Deployment.apps`, and `Service` for the core group: as an ApplySet writes a kind. */
export function groupKindText(ref: {
  apiVersion: string;
  kind: string;
}): string {
  const group = apiGroupOf(ref.apiVersion);
  return group === '' ? ref.kind : `${ref.kind}.${group}`;
}

/** Whether a ref, or a kind of discovery, is of the kind `Deployment.apps`. */
export function isOfGroupKind(
  ref: { apiVersion: string; kind: string },
  text: string,
): boolean {
  return groupKindText(ref) === text;
}

/** Kinds whose deletion takes along everything that lies in them, whoever made it. */
export function isContainer(ref: { apiVersion: string; kind: string }) {
  return [
    '/Namespace',
    'apiextensions.k8s.io/CustomResourceDefinition',
  ].includes(groupKindOf(ref));
}
