import { eventually } from '../eventually';
import type { Run } from './Run';

/** Says whose rights the run uses, and makes its namespace. */
export async function namespaceOfTheRun(run: Run): Promise<void> {
  const { cluster, options, journal } = run;
  const { gitVersion } = await cluster.version();
  journal.note(`cluster ${options.cluster}: Kubernetes ${gitVersion}`);
  await journal.step(
    `namespace ${options.namespace} is there, and only for this run`,
    async () => {
      const existing = await cluster.get(namespaceRef(options.namespace));
      if (existing !== undefined) {
        await removeNamespace(run);
      }
      await cluster.apply(namespaceObject(options.namespace));
    },
    { essential: true },
  );
}

/** Removes the run's namespace with everything in it, ScaledObjects first. */
export async function removeNamespace(run: Run): Promise<void> {
  const { cluster, options } = run;
  const { namespace } = options;
  // Their finalizer would hang the namespace if KEDA went first.
  const scaledObjects = await cluster
    .list(
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
      { namespace },
    )
    .catch(() => ({ items: [] }));
  for (const { metadata } of scaledObjects.items) {
    await cluster.delete({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      namespace,
      name: metadata.name,
    });
  }
  await cluster.delete(namespaceRef(namespace));
  await eventually(
    async () => {
      if ((await cluster.get(namespaceRef(namespace))) !== undefined) {
        throw new Error(`Namespace ${namespace} is still being deleted.`);
      }
    },
    { withinSeconds: 120 },
  );
}

function namespaceRef(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', name };
}

function namespaceObject(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    },
  };
}
