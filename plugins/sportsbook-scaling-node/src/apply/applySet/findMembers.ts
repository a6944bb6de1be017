import {
  FIELD_MANAGER,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ClusterForbiddenError } from '../../errors/ClusterForbiddenError';
import {
  ApiCatalog,
  ApiResource,
  KubernetesClient,
} from '../../ports/KubernetesClient';
import { fieldsOwnedBy } from '../fieldOwnership';
import { mapInFlight } from '../mapInFlight';
import { ApplySet, applySetId, groupKindText, isOfGroupKind } from './ApplySet';
import { APPLY_SET } from './applySetNames';
import { SetReach } from './parentObject';

/** An object that carries a set's label. */
export interface SetMember {
  ref: ObjectRef;
  uid?: string;
  /** Why it is nobody's to remove but its owner's; undefined: it is ours to remove. */
  notOurs?: string;
}

/** What a search found, and where it could not look. */
export interface FoundMembers {
  members: SetMember[];
  /** What the parent has to go on saying, since it was not looked at. */
  unseen: SetReach;
  warnings: string[];
}

const ownersSchema = z.array(
  z.object({
    kind: z.string(),
    name: z.string(),
    controller: z.boolean().optional(),
  }),
);

/** A controller removes what it made itself; labels are copied to such objects. */
function notOurs(object: KubernetesObject): string | undefined {
  const owners = ownersSchema.safeParse(object.metadata.ownerReferences ?? []);
  const controller = owners.success
    ? owners.data.find(owner => owner.controller === true)
    : undefined;
  if (controller !== undefined) {
    return `${controller.kind} ${controller.name} controls it`;
  }
  return fieldsOwnedBy(object, FIELD_MANAGER) === undefined
    ? `not applied by ${FIELD_MANAGER}`
    : undefined;
}

interface Search {
  resource: ApiResource;
  /** Undefined for cluster-scoped kinds. */
  namespace?: string;
}

function searchesOf(catalog: ApiCatalog, reach: SetReach): Search[] {
  return reach.groupKinds.flatMap(groupKind => {
    const resource = catalog
      .resources()
      .find(
        candidate =>
          isOfGroupKind(candidate, groupKind) &&
          candidate.verbs.includes('list') &&
          !candidate.plural.includes('/'),
      );
    // A kind that is not served any more has no objects either.
    if (resource === undefined) {
      return [];
    }
    return resource.namespaced
      ? reach.namespaces.map(namespace => ({ resource, namespace }))
      : [{ resource }];
  });
}

/**
 * Looks for a set's members where its parent says that they may be. Namespaces
 * and kinds that may not be looked at are told, and stay on the parent.
 */
export async function findMembers(options: {
  client: KubernetesClient;
  catalog: ApiCatalog;
  set: ApplySet;
  reach: SetReach;
  allowedNamespaces: string[];
  signal?: AbortSignal;
}): Promise<FoundMembers> {
  const { client, catalog, set, reach, allowedNamespaces, signal } = options;
  const found: FoundMembers = {
    members: [],
    unseen: { groupKinds: [], namespaces: [] },
    warnings: [],
  };
  const leaveUnseen = (
    { resource, namespace }: Search,
    reason: string,
  ): void => {
    found.unseen.groupKinds.push(groupKindText(resource));
    found.unseen.namespaces.push(
      ...(namespace === undefined ? [] : [namespace]),
    );
    found.warnings.push(
      `Members of the set '${set.name}' were not looked for among ${
        resource.plural
      }${namespace === undefined ? '' : ` in '${namespace}'`}: ${reason}`,
    );
  };
  await mapInFlight(searchesOf(catalog, reach), async search => {
    const { resource, namespace } = search;
    if (namespace !== undefined && !allowedNamespaces.includes(namespace)) {
      leaveUnseen(search, 'it is outside the namespaces of this step');
      return;
    }
    const { apiVersion, kind } = resource;
    try {
      const { items } = await client.list(
        { apiVersion, kind },
        {
          namespace,
          labelSelector: `${APPLY_SET.partOf}=${applySetId(set)}`,
          signal,
        },
      );
      for (const item of items) {
        const object = { ...item, apiVersion, kind };
        found.members.push({
          ref: objectRefOf(object),
          uid: object.metadata.uid,
          notOurs: notOurs(object),
        });
      }
    } catch (error) {
      if (!(error instanceof ClusterForbiddenError)) {
        throw error;
      }
      leaveUnseen(search, error.message);
    }
  });
  return found;
}
