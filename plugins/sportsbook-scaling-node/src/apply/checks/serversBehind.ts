import {
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { objectKey } from '../../model/objectKey';
import { Readable } from '../ClusterView';
import { PlanContext } from '../PlanContext';
import { NamedServer } from './namedServers';
import { ofSetAndCluster } from './ofSetAndCluster';

export const PROMETHEUS = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
};

/** The Service that the operator makes in each namespace of a Prometheus, for all of them. */
const OPERATED = {
  name: 'prometheus-operated',
  selector: { 'app.kubernetes.io/name': 'prometheus' },
};

const serviceSchema = z.object({
  spec: z.object({ selector: z.record(z.string()).nullish() }),
});

const podMetadataSchema = z.object({
  spec: z.object({
    podMetadata: z.object({ labels: z.record(z.string()).nullish() }).nullish(),
  }),
});

/** What the operator puts on a server's pods, besides shard and version. */
function podLabelsOf(server: KubernetesObject): Record<string, string> {
  const { name } = server.metadata;
  const parsed = podMetadataSchema.safeParse(server);
  return {
    ...(parsed.success ? parsed.data.spec.podMetadata?.labels : undefined),
    'app.kubernetes.io/name': 'prometheus',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'operator.prometheus.io/name': name,
    prometheus: name,
  };
}

/** Undefined for a Service without a selector, and for none. */
async function selectorOf(
  { view, objects }: PlanContext,
  ref: ObjectRef,
): Promise<Readable<Record<string, string> | undefined>> {
  const inSet = objects.find(other => objectKey(other.ref) === objectKey(ref));
  const answer =
    inSet === undefined
      ? await view.get(ref)
      : { status: 'read' as const, value: inSet.object };
  if (answer.status === 'unreadable') {
    return answer;
  }
  if (answer.value === undefined && ref.name === OPERATED.name) {
    return { status: 'read', value: OPERATED.selector };
  }
  const parsed = serviceSchema.safeParse(answer.value);
  return {
    status: 'read',
    value: parsed.success ? parsed.data.spec.selector ?? undefined : undefined,
  };
}

/**
 * The Prometheus objects whose pods answer at the address of a trigger, by the
 * selector of the Service that it names.
 *
 * @returns `unreadable` where that cannot be told: outside the cluster, without
 *   rights, or where the operator does not run the server
 */
export async function serversBehind(
  context: PlanContext,
  { address }: NamedServer,
): Promise<Readable<KubernetesObject[]>> {
  if (address.type === 'direct') {
    return { status: 'unreadable', reason: 'it lies outside the cluster' };
  }
  const { service: name, namespace } = address;
  const ref = { apiVersion: 'v1', kind: 'Service', name, namespace };
  const selector = await selectorOf(context, ref);
  if (selector.status === 'unreadable') {
    return selector;
  }
  const wanted = Object.entries(selector.value ?? {});
  if (wanted.length === 0) {
    return {
      status: 'unreadable',
      reason: `${formatObjectRef(
        ref,
      )} is neither in the manifests nor on the cluster, or selects no pods`,
    };
  }
  const { items, warnings } = await ofSetAndCluster(context, PROMETHEUS);
  const servers = items.filter(server => {
    const labels = podLabelsOf(server);
    return (
      server.metadata.namespace === namespace &&
      wanted.every(([key, value]) => labels[key] === value)
    );
  });
  return servers.length > 0
    ? { status: 'read', value: servers }
    : {
        status: 'unreadable',
        reason:
          warnings[0] ??
          `${formatObjectRef(ref)} selects the pods of no Prometheus object`,
      };
}
