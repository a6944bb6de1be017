import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { NamespaceListings } from './NamespaceListings';

const EVENTS_SHOWN = 3;
const EVENT = { apiVersion: 'v1', kind: 'Event' };

const eventSchema = z.object({
  type: z.string().nullish(),
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

function describe(
  items: KubernetesObject[],
  members: KubernetesObject[],
): string[] {
  const uids = new Set(members.map(({ metadata }) => metadata.uid));
  const lines = items
    .map(item => eventSchema.safeParse(item))
    .flatMap(parsed => (parsed.success ? [parsed.data] : []))
    .filter(({ involvedObject: { uid } }) => uid !== undefined && uids.has(uid))
    .sort((a, b) =>
      (b.lastTimestamp ?? b.eventTime ?? '').localeCompare(
        a.lastTimestamp ?? a.eventTime ?? '',
      ),
    )
    .map(
      ({ involvedObject: { kind, name }, reason, type, message }) =>
        `${kind} ${name}: ${reason ?? type ?? 'Event'}: ${(
          message ?? ''
        ).trim()}`,
    );
  return [...new Set(lines)].slice(0, EVENTS_SHOWN);
}

/**
 * The last warnings about an object and what it owns, newest first; where
 * nobody warned, the last of the other events about the object itself.
 */
export async function lastEvents(
  object: KubernetesObject,
  telling: KubernetesObject[],
  listings: NamespaceListings,
): Promise<string[]> {
  const { namespace, uid } = object.metadata;
  const warnings = describe(
    await listings.items(EVENT, namespace, 'type=Warning'),
    telling,
  );
  return warnings.length > 0 || uid === undefined
    ? warnings
    : describe(
        await listings.items(EVENT, namespace, `involvedObject.uid=${uid}`),
        [object],
      );
}
