import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';

const service = z.object({
  spec: z.object({ ports: z.array(z.object({ nodePort: z.number() })) }),
});

/** Where this machine reaches a service's node port: loopback, since load goes nowhere else. */
export async function nodePortUrl(
  cluster: KubernetesClient,
  { namespace, name }: { namespace: string; name: string },
): Promise<string> {
  const object = await cluster.get({
    apiVersion: 'v1',
    kind: 'Service',
    namespace,
    name,
  });
  const [port] = service.parse(object).spec.ports;
  return `http://127.0.0.1:${port.nodePort}`;
}
