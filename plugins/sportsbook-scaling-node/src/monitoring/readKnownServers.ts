import {
  objectRefOf,
  formatObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { KnownServers } from './describeServers';
import { Listing } from './Listing';
import { PROMETHEUS, PROMETHEUS_AGENT } from './prometheusObject';

/** Lists objects of a kind; all namespaces where none is given. None of a kind that is not served. */
export type ListObjects = (
  kind: { apiVersion: string; kind: string },
  namespace?: string,
) => Promise<Listing>;

const SERVICE = { apiVersion: 'v1', kind: 'Service' };

/** All of a kind; where that is forbidden, those of the namespaces that are asked about. */
async function listSomewhere(
  list: ListObjects,
  kind: { apiVersion: string; kind: string },
  namespaces: readonly string[],
): Promise<Listing> {
  const everywhere = await list(kind);
  if (everywhere.unreadable === undefined) {
    return everywhere;
  }
  const listed = await Promise.all(
    namespaces.map(namespace => list(kind, namespace)),
  );
  const items = new Map(
    [everywhere, ...listed]
      .flatMap(({ items: found }) => found)
      .map(object => [formatObjectRef(objectRefOf(object)), object]),
  );
  return { items: [...items.values()], unreadable: everywhere.unreadable };
}

/**
 * Reads a cluster's Prometheus and PrometheusAgent objects, and the Services of
 * their namespaces.
 *
 * @param options.namespaces - where to look when not all may be listed
 * @returns with `unreadable` where there may be more than was found
 */
export async function readKnownServers(options: {
  list: ListObjects;
  namespaces: readonly string[];
  configured: readonly ConfiguredPrometheus[];
}): Promise<{ known: KnownServers; unreadable?: string }> {
  const { list, configured } = options;
  const namespaces = [...new Set(options.namespaces)];
  const found = await Promise.all(
    [PROMETHEUS, PROMETHEUS_AGENT].map(kind =>
      listSomewhere(list, kind, namespaces),
    ),
  );
  const objects = found.flatMap(({ items }) => items);
  const places = new Set(
    objects.map(({ metadata }) => metadata.namespace ?? ''),
  );
  const services = await Promise.all(
    [...places].map(
      async namespace => [namespace, await list(SERVICE, namespace)] as const,
    ),
  );
  const unreadable = found.find(
    ({ unreadable: reason }) => reason !== undefined,
  )?.unreadable;
  return {
    known: { objects, services: new Map(services), configured },
    ...(unreadable !== undefined && { unreadable }),
  };
}
