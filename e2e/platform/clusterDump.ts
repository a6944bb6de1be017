import type {
  KubernetesClient,
  ObjectList,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';

type Item = ObjectList['items'][number];

/** Kinds that change while nobody does anything. */
const RESTLESS_KINDS = ['Event', 'Lease', 'ComponentStatus'];

/** Without what the API server and controllers write on their own. */
function settled({ metadata, ...item }: Item): string {
  const { managedFields, resourceVersion, generation, ...kept } = metadata;
  const { status, ...rest } = item;
  return JSON.stringify({ ...rest, metadata: kept });
}

/**
 * All objects of a cluster, by name, as what they are without their status.
 * Two dumps are equal where nothing was made, changed, replaced or removed.
 */
export async function clusterDump(
  client: KubernetesClient,
): Promise<Record<string, string>> {
  const catalog = await client.discover({ fresh: true });
  const kinds = catalog
    .resources()
    .filter(
      ({ kind, plural, verbs }) =>
        verbs.includes('list') &&
        !plural.includes('/') &&
        !RESTLESS_KINDS.includes(kind),
    );
  const dump: Record<string, string> = {};
  for (const { apiVersion, kind } of kinds) {
    const { items } = await client.list({ apiVersion, kind });
    for (const item of items) {
      const { name, namespace } = item.metadata;
      dump[
        `${apiVersion} ${formatObjectRef({
          apiVersion,
          kind,
          name,
          namespace,
        })}`
      ] = settled(item);
    }
  }
  return dump;
}

/** Names of what is not the same in both. */
export function dumpDifferences(
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(name => before[name] !== after[name])
    .map(name =>
      before[name] === undefined
        ? `new: ${name}`
        : after[name] === undefined
        ? `gone: ${name}`
        : `changed: ${name}`,
    )
    .sort();
}
