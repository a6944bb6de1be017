import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

export function ruledObject(spec: Record<string, unknown>): KubernetesObject {
  return {
    apiVersion: 'x-rules.example.com/v1',
    kind: 'Ruled',
    metadata: { name: 'one' },
    spec,
  };
}
