import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { NamespaceListings } from './NamespaceListings';

const POD = { apiVersion: 'v1', kind: 'Pod' };
const JOB = { apiVersion: 'batch/v1', kind: 'Job' };
const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const STATEFUL_SET = { apiVersion: 'apps/v1', kind: 'StatefulSet' };

/** Kinds between a workload and its pods, owners before what they own. */
const DESCENDANTS = new Map([
  ['apps/Deployment', [REPLICA_SET, POD]],
  ['apps/ReplicaSet', [POD]],
  ['apps/StatefulSet', [POD]],
  ['apps/DaemonSet', [POD]],
  ['batch/Job', [POD]],
  ['batch/CronJob', [JOB, POD]],
]);
/** What the object of an operator, such as a Prometheus, may have pods by. */
const OF_CUSTOM_KINDS = [REPLICA_SET, STATEFUL_SET, POD];

const ownersSchema = z.array(z.object({ uid: z.string() }));

function isOwnedBy(object: KubernetesObject, uids: Set<string>): boolean {
  const owners = ownersSchema.safeParse(object.metadata.ownerReferences);
  return owners.success && owners.data.some(({ uid }) => uids.has(uid));
}

/** Groups of Kubernetes' own kinds have no dot, or end in `.k8s.io`. */
function isCustom(object: KubernetesObject): boolean {
  const [group] = groupKindOf(object).split('/');
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** The object and everything below it: owned, or owned by what it owns. */
export async function familyOf(
  object: KubernetesObject,
  listings: NamespaceListings,
): Promise<KubernetesObject[]> {
  const members = [object];
  const uids = new Set([object.metadata.uid ?? '']);
  const kinds =
    DESCENDANTS.get(groupKindOf(object)) ??
    (isCustom(object) ? OF_CUSTOM_KINDS : []);
  for (const kind of kinds) {
    for (const item of await listings.items(kind, object.metadata.namespace)) {
      if (isOwnedBy(item, uids)) {
        members.push(item);
        uids.add(item.metadata.uid ?? '');
      }
    }
  }
  return members;
}
