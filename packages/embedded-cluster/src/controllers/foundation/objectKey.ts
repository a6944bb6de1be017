import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ObjectKey } from '../../ports/ClusterObjects';

/** `betting/odds-api`, or `betting` for what is in no namespace: a key of a work queue. */
export function queueKeyOf({ metadata }: KubernetesObject): string {
  return queueKey(metadata);
}

export function queueKey({ namespace, name }: ObjectKey): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The other way round. */
export function objectKeyOf(queued: string): ObjectKey {
  const slash = queued.indexOf('/');
  return slash === -1
    ? { name: queued }
    : { namespace: queued.slice(0, slash), name: queued.slice(slash + 1) };
}
