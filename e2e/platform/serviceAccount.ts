import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { eventually } from '../eventually';

const tokenSchema = z.object({ data: z.object({ token: z.string() }) });

/** Makes a ServiceAccount without rights, and returns a token of it. */
export async function makeServiceAccount(
  cluster: KubernetesClient,
  account: { name: string; namespace: string },
): Promise<string> {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    name: `${account.name}-token`,
    namespace: account.namespace,
  };
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: account,
  });
  await cluster.apply({
    apiVersion: secret.apiVersion,
    kind: secret.kind,
    metadata: {
      name: secret.name,
      namespace: secret.namespace,
      annotations: { 'kubernetes.io/service-account.name': account.name },
    },
    type: 'kubernetes.io/service-account-token',
  });
  return await eventually(
    async () => {
      const { data } = tokenSchema.parse(await cluster.get(secret));
      return Buffer.from(data.token, 'base64').toString('utf8');
    },
    { withinSeconds: 20 },
  );
}
