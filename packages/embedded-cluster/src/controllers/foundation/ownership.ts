import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { view } from './view';

const ownerReference = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.boolean().nullish(),
  blockOwnerDeletion: z.boolean().nullish(),
});

export type OwnerReference = z.output<typeof ownerReference>;

const owned = view(
  z.object({
    metadata: z.object({
      ownerReferences: z
        .array(ownerReference)
        .nullish()
        .transform(references => references ?? []),
    }),
  }),
);

export function ownersOf(object: KubernetesObject): readonly OwnerReference[] {
  // Most objects of a cluster have no owner, and every change asks.
  return object.metadata.ownerReferences === undefined
    ? []
    : owned(object).metadata.ownerReferences;
}

/** The one owner that manages the object. */
export function controllerOf(
  object: KubernetesObject,
): OwnerReference | undefined {
  return ownersOf(object).find(({ controller }) => controller === true);
}

export function isControlledBy(
  object: KubernetesObject,
  owner: KubernetesObject,
): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** As controllers write it into what they make. */
export function controllerReference(owner: KubernetesObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}
