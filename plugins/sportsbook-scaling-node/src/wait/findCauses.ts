import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { KubernetesClient } from '../ports/KubernetesClient';
import { podWaitingReasons } from './podWaitingReasons';

const WARNINGS_SHOWN = 3;
const REASONS_SHOWN = 3;
const LONGEST_CAUSE_CHARACTERS = 300;

/** Kinds that stand between a workload and its pods, and where a failed creation is told. */
const DESCENDANT_KINDS = [
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'v1', kind: 'Pod' },
];

const ownersSchema = z.array(z.object({ uid: z.string() }));

const eventSchema = z.object({
  involvedObject: z.object({
    kind: z.string().default(''),
    name: z.string().default(''),
    uid: z.string().optional(),
  }),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
});

function shorten(text: string): string {
  return text.length <= LONGEST_CAUSE_CHARACTERS
    ? text
    : `${text.slice(0, LONGEST_CAUSE_CHARACTERS)} …`;
}

function isOwnedBy(object: KubernetesObject, uids: Set<string>): boolean {
  const owners = ownersSchema.safeParse(object.metadata.ownerReferences);
  return owners.success && owners.data.some(({ uid }) => uids.has(uid));
}

/** The object and everything below it: owned, or owned by what it owns. */
async function family(
  client: KubernetesClient,
  object: KubernetesObject,
  signal?: AbortSignal,
): Promise<KubernetesObject[]> {
  const { namespace } = object.metadata;
  const members = [object];
  const uids = new Set([object.metadata.uid ?? '']);
  for (const kind of DESCENDANT_KINDS) {
    const { items } = await client.list(kind, { namespace, signal });
    for (const item of items) {
      if (isOwnedBy(item, uids)) {
        members.push({ ...kind, ...item });
        uids.add(item.metadata.uid ?? '');
      }
    }
  }
  return members;
}

async function lastWarnings(
  client: KubernetesClient,
  members: KubernetesObject[],
  signal?: AbortSignal,
): Promise<string[]> {
  const uids = new Set(members.map(({ metadata }) => metadata.uid));
  const { items } = await client.list(
    { apiVersion: 'v1', kind: 'Event' },
    {
      namespace: members[0].metadata.namespace,
      fieldSelector: 'type=Warning',
      signal,
    },
  );
  const warnings = items
    .map(item => eventSchema.safeParse(item))
    .flatMap(parsed => (parsed.success ? [parsed.data] : []))
    .filter(({ involvedObject: { uid } }) => uid !== undefined && uids.has(uid))
    .sort((a, b) =>
      (b.lastTimestamp ?? b.eventTime ?? '').localeCompare(
        a.lastTimestamp ?? a.eventTime ?? '',
      ),
    )
    .map(
      ({ involvedObject: { kind, name }, reason, message }) =>
        `${kind} ${name}: ${reason ?? 'Warning'}: ${(message ?? '').trim()}`,
    );
  return [...new Set(warnings)].slice(0, WARNINGS_SHOWN);
}

/**
 * What can be found about why an object makes no progress: the waiting reasons
 * of its pods, and the last warning events of it and of what it owns.
 *
 * Never fails for lack of rights or an unreachable cluster: it only adds to a
 * message that there is anyway.
 */
export async function findCauses(options: {
  client: KubernetesClient;
  object: KubernetesObject;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { client, object, signal } = options;
  if (object.metadata.namespace === undefined) {
    return [];
  }
  try {
    const members = await family(client, object, signal);
    const reasons = members
      .filter(({ kind }) => kind === 'Pod')
      .flatMap(podWaitingReasons);
    // A waiting container's reason is what the events of its pod repeat.
    const telling =
      reasons.length > 0
        ? members.filter(({ kind }) => kind !== 'Pod')
        : members;
    const warnings = await lastWarnings(client, telling, signal);
    return [...reasons.slice(0, REASONS_SHOWN), ...warnings].map(shorten);
  } catch (error) {
    signal?.throwIfAborted();
    return [
      `its pods and events could not be read: ${
        error instanceof Error ? error.message : String(error)
      }`,
    ];
  }
}
