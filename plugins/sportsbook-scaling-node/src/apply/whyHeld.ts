import {
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { KubernetesClient } from '../ports/KubernetesClient';
import { ClusterView } from './ClusterView';

const KEDA_FINALIZER = 'finalizer.keda.sh';

const deploymentSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  status: z.object({ availableReplicas: z.number().default(0) }).default({}),
});

/** Whether KEDA's operator runs, as far as this account may see. */
async function operatorState(client: KubernetesClient): Promise<string> {
  const view = new ClusterView({ client });
  const deployments = await view.list({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
  });
  if (deployments.status === 'unreadable') {
    return 'whether its operator runs may not be read by this account';
  }
  const operator = deployments.value
    .filter(
      ({ metadata }) =>
        metadata.labels?.['app.kubernetes.io/name'] === 'keda-operator' ||
        metadata.name === 'keda-operator',
    )
    .map(object => deploymentSchema.safeParse(object))
    .find(parsed => parsed.success)?.data;
  if (operator === undefined) {
    return 'its operator is gone from this cluster';
  }
  const { metadata, status } = operator;
  const name = `Deployment ${metadata.namespace}/${metadata.name}`;
  return status.availableReplicas > 0
    ? `its operator (${name}) runs: read its log`
    : `its operator (${name}) has no pod that is ready`;
}

/** The command that lets an object go without its controller. */
function withoutController(object: KubernetesObject): string {
  const { name, namespace, finalizers = [] } = object.metadata;
  const rest = finalizers.filter(finalizer => finalizer !== KEDA_FINALIZER);
  const resource = `${object.kind.toLowerCase()}.${
    object.apiVersion.split('/')[0]
  }`;
  return `kubectl patch ${resource} ${name}${
    namespace === undefined ? '' : ` -n ${namespace}`
  } --type=merge -p '${JSON.stringify({
    metadata: { finalizers: rest.length === 0 ? null : rest },
  })}'`;
}

/** Why deleted objects are still there, and the way out where the cause is known. */
export async function whyHeld(
  client: KubernetesClient,
  objects: KubernetesObject[],
): Promise<{ object: KubernetesObject; reason: string }[]> {
  const waitsForKeda = (object: KubernetesObject) =>
    groupKindOf(object).startsWith('keda.sh/') &&
    (object.metadata.finalizers ?? []).includes(KEDA_FINALIZER);
  const keda = objects.some(waitsForKeda)
    ? await operatorState(client).catch(
        (error: unknown) =>
          `whether its operator runs could not be asked: ${
            error instanceof Error ? error.message : String(error)
          }`,
      )
    : undefined;
  return objects.map(object => {
    const finalizers = object.metadata.finalizers ?? [];
    const name = formatObjectRef(objectRefOf(object));
    if (finalizers.length === 0) {
      return { object, reason: name };
    }
    return {
      object,
      reason: waitsForKeda(object)
        ? `${name} (finalizers ${finalizers.join(
            ', ',
          )}, which KEDA removes: ${keda}. Start KEDA again; or, if it will not come back, let the object go without it: ${withoutController(
            object,
          )})`
        : `${name} (finalizers ${finalizers.join(', ')}: ${
            finalizers.every(finalizer => finalizer === 'foregroundDeletion')
              ? 'what belongs to it has to go first'
              : 'their controllers have to remove them'
          })`,
    };
  });
}
