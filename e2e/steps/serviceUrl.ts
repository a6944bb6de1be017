import { z } from 'zod';
import type { Run } from './Run';

const service = z.object({
  spec: z.object({ ports: z.array(z.object({ nodePort: z.number() })) }),
});

/** Where this machine reaches a service's node port: loopback, since load goes nowhere else. */
export async function nodePortUrl(run: Run, name: string): Promise<string> {
  const object = await run.cluster.get({
    apiVersion: 'v1',
    kind: 'Service',
    namespace: run.options.namespace,
    name,
  });
  const [port] = service.parse(object).spec.ports;
  return `http://127.0.0.1:${port.nodePort}`;
}
