import { BlockedObject } from '../model/BlockedObject';
import { KubernetesClient } from '../ports/KubernetesClient';
import { findCauses } from './findCauses';
import { NamespaceListings } from './NamespaceListings';
import { Tracked } from './WaitLedger';

/** Of how many objects the causes are looked for: many fail for the same one. */
const OBJECTS_EXAMINED = 10;

/**
 * What is not current, with what the cluster tells about why: of the first 10,
 * and as much as can be read before the signal aborts.
 */
export async function describeBlocked(options: {
  client: KubernetesClient;
  pending: Tracked[];
  signal: AbortSignal;
}): Promise<BlockedObject[]> {
  const { client, pending, signal } = options;
  const listings = new NamespaceListings({ client, signal });
  return Promise.all(
    pending.map(async ({ ref, object, status, message }, index) => ({
      ref,
      status: status === 'unseen' ? 'absent' : status,
      message,
      ...(object === undefined || index >= OBJECTS_EXAMINED
        ? { causes: [] }
        : await findCauses({ client, object, listings, signal })),
    })),
  );
}
