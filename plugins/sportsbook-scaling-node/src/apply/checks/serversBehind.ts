import {
  formatObjectRef,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { objectKey } from '../../model/objectKey';
import {
  MonitoringServer,
  OPERATED_SERVICE,
  PROMETHEUS,
  selectsServerPods,
} from '../../monitoring';
import { configuredServerAt } from '../../ports/prometheusLimits';
import { Readable } from '../ClusterView';
import { PlanContext } from '../PlanContext';
import { NamedServer } from './namedServers';
import { ofSetAndCluster } from './ofSetAndCluster';
import { planServers } from './planServers';

const OPERATED_SELECTOR = { 'app.kubernetes.io/name': 'prometheus' };

const serviceSchema = z.object({
  spec: z.object({ selector: z.record(z.string()).nullish() }),
});

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
  if (answer.value === undefined && ref.name === OPERATED_SERVICE) {
    return { status: 'read', value: OPERATED_SELECTOR };
  }
  const parsed = serviceSchema.safeParse(answer.value);
  return {
    status: 'read',
    value: parsed.success ? parsed.data.spec.selector ?? undefined : undefined,
  };
}

/** The Prometheus objects whose pods a Service leads to, by `namespace/name`. */
async function objectsBehind(
  context: PlanContext,
  ref: ObjectRef & { namespace: string },
): Promise<Readable<string[]>> {
  const selector = await selectorOf(context, ref);
  if (selector.status === 'unreadable') {
    return selector;
  }
  if (Object.keys(selector.value ?? {}).length === 0) {
    return {
      status: 'unreadable',
      reason: `${formatObjectRef(
        ref,
      )} is neither in the manifests nor on the cluster, or selects no pods`,
    };
  }
  const { items, warnings } = await ofSetAndCluster(
    context,
    PROMETHEUS,
    ref.namespace,
  );
  const names = items
    .filter(server => selectsServerPods(selector.value ?? {}, server))
    .map(({ metadata }) => `${ref.namespace}/${metadata.name}`);
  return names.length > 0
    ? { status: 'read', value: names }
    : {
        status: 'unreadable',
        reason:
          warnings[0] ??
          `${formatObjectRef(ref)} selects the pods of no Prometheus object`,
      };
}

/**
 * The servers that answer at the address of a trigger: the one that the
 * configuration describes there, else those whose pods the named Service
 * selects.
 *
 * @returns `unreadable` where that cannot be told: outside the cluster, without
 *   rights, or where neither operator nor configuration knows the server
 */
export async function serversBehind(
  context: PlanContext,
  { address, namespace }: NamedServer,
): Promise<Readable<MonitoringServer[]>> {
  const { servers } = await planServers(context);
  const configured = configuredServerAt(address, {
    configured: context.prometheus?.configured,
    cluster: context.client.cluster,
    namespace,
  });
  if (configured !== undefined) {
    return {
      status: 'read',
      value: servers.filter(({ name }) => name === configured.name),
    };
  }
  if (address.type === 'direct') {
    return { status: 'unreadable', reason: 'it lies outside the cluster' };
  }
  const names = await objectsBehind(context, {
    apiVersion: 'v1',
    kind: 'Service',
    name: address.service,
    namespace: address.namespace,
  });
  return names.status === 'unreadable'
    ? names
    : {
        status: 'read',
        value: servers.filter(({ name }) => names.value.includes(name)),
      };
}
