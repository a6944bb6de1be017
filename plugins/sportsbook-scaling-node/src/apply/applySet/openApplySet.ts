import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiCatalog, KubernetesClient } from '../../ports/KubernetesClient';
import { objectKey } from '../../model/objectKey';
import { ClusterView, Readable } from '../ClusterView';
import { ApplySet, groupKindText, isContainer, parentRefOf } from './ApplySet';
import { findMembers, SetMember } from './findMembers';
import { reachOf, SetReach } from './parentObject';

/** A set as a run finds it. */
export interface OpenedApplySet {
  set: ApplySet;
  parent: Readable<KubernetesObject | undefined>;
  /** What an earlier apply of the set made and these manifests lack. */
  leftovers: SetMember[];
  /** What the parent has to go on saying, since it was not looked at. */
  unseen: SetReach;
  warnings: string[];
  /** Whether the leftovers are removed. */
  prune: boolean;
}

/** Reads a set's parent and looks for members that are not among `wanted`. */
export async function openApplySet(options: {
  client: KubernetesClient;
  catalog: ApiCatalog;
  view: ClusterView;
  set: ApplySet;
  /** What the manifests describe. */
  wanted: ObjectRef[];
  prune: boolean;
  allowedNamespaces: string[];
  signal?: AbortSignal;
}): Promise<OpenedApplySet> {
  const { view, set, wanted, prune } = options;
  const parent = await view.get(parentRefOf(set));
  const stored = parent.status === 'read' ? parent.value : undefined;
  const opened = { set, parent, prune };
  if (stored === undefined) {
    const unseen = { groupKinds: [], namespaces: [] };
    return { ...opened, leftovers: [], unseen, warnings: [] };
  }
  const { members, unseen, warnings } = await findMembers({
    ...options,
    reach: reachOf(stored),
  });
  const kept = new Set(wanted.map(objectKey));
  return {
    ...opened,
    leftovers: members.filter(({ ref }) => !kept.has(objectKey(ref))),
    unseen,
    warnings,
  };
}

/** Why a leftover is not pruned; undefined: it is. */
export function reasonToKeep(
  { prune }: OpenedApplySet,
  { ref, notOurs }: SetMember,
): string | undefined {
  if (notOurs !== undefined) {
    return notOurs;
  }
  if (isContainer(ref)) {
    return 'no longer in the manifests; everything inside would go with it';
  }
  return prune
    ? undefined
    : 'no longer in the manifests; prune would remove it';
}

/** Leftovers that are removed. */
export function prunedBy(opened: OpenedApplySet): SetMember[] {
  return opened.leftovers.filter(
    member => reasonToKeep(opened, member) === undefined,
  );
}

/** Where members are after the run: what is applied, and what stays. */
export function reachAfter(
  opened: OpenedApplySet,
  wanted: ObjectRef[],
  options: { pruned: boolean },
): SetReach {
  const staying = opened.leftovers
    .filter(
      member => !options.pruned || reasonToKeep(opened, member) !== undefined,
    )
    .map(({ ref }) => ref);
  const refs = [...wanted, ...staying];
  return {
    groupKinds: [...refs.map(groupKindText), ...opened.unseen.groupKinds],
    namespaces: [
      ...refs.flatMap(({ namespace }) => namespace ?? []),
      ...opened.unseen.namespaces,
    ],
  };
}
