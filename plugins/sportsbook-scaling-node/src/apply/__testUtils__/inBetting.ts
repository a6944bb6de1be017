import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** The object in the namespace `betting`, as a cluster would have it. */
export function inBetting(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    metadata: { ...object.metadata, namespace: 'betting' },
  };
}
