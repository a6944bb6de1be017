import {
  ApiNotInstalledError,
  type KubernetesClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { eventually } from '../eventually';

const SCALED_OBJECT = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' };

const refOf = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', name });

/** Makes a namespace as a platform team would hand it out. */
export async function makeNamespace(
  cluster: KubernetesClient,
  name: string,
): Promise<void> {
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    },
  });
}

/** Removes namespaces with all that is in them; ScaledObjects first, for their finalizer. */
export async function removeNamespaces(
  cluster: KubernetesClient,
  names: string[],
): Promise<void> {
  for (const namespace of names) {
    const { items } = await cluster
      .list(SCALED_OBJECT, { namespace })
      .catch((error: unknown) => {
        if (error instanceof ApiNotInstalledError) {
          return { items: [] };
        }
        throw error;
      });
    for (const { metadata } of items) {
      await cluster.delete({
        ...SCALED_OBJECT,
        namespace,
        name: metadata.name,
      });
    }
    await cluster.delete(refOf(namespace));
  }
  await eventually(
    async () => {
      for (const name of names) {
        if ((await cluster.get(refOf(name))) !== undefined) {
          throw new Error(`Namespace ${name} is still being deleted.`);
        }
      }
    },
    { withinSeconds: 120 },
  );
}
