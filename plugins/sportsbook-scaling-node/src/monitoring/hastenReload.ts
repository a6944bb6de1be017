import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { KubernetesClient } from '../ports/KubernetesClient';
import { parsePrometheusAddress } from '../ports/prometheusAddress';

/** On a Prometheus pod: when it was last asked to look at its files, in RFC 3339. */
export const RELOAD_ANNOTATION = 'sportsbook-scaling/reload-hastened-at';

const serviceSchema = z.object({
  spec: z.object({ selector: z.record(z.string()).nullish() }),
});

export type HastenOutcome =
  /** The configuration allows it for no server at this address. */
  | { status: 'notWanted' }
  | { status: 'hastened'; pods: string[] }
  /** The account may not; a sentence without a full stop. */
  | { status: 'forbidden'; reason: string };

/** The pods of one Prometheus object that a Service leads to. */
async function podsBehind(options: {
  client: KubernetesClient;
  service: string;
  namespace: string;
  server: string;
  signal?: AbortSignal;
}): Promise<KubernetesObject[]> {
  const { client, service, namespace, server, signal } = options;
  const found = await client.get(
    { apiVersion: 'v1', kind: 'Service', name: service, namespace },
    { signal },
  );
  const parsed = serviceSchema.safeParse(found);
  const selector = Object.entries(
    (parsed.success ? parsed.data.spec.selector : undefined) ?? {},
  );
  if (selector.length === 0) {
    return [];
  }
  const { items } = await client.list(
    { apiVersion: 'v1', kind: 'Pod' },
    {
      namespace,
      labelSelector: `operator.prometheus.io/name=${server}`,
      signal,
    },
  );
  return items.filter(({ metadata }) =>
    selector.every(([key, value]) => metadata.labels?.[key] === value),
  );
}

/**
 * Lets the servers behind an address see a new monitor within seconds, where
 * the configuration says `hastenReload`.
 *
 * @remarks
 * The operator writes a server's configuration into a Secret, and the kubelet
 * looks at a pod's Secrets about once a minute: unless the pod changes, which an
 * annotation is enough for.
 */
export async function hastenReload(options: {
  client: KubernetesClient;
  serverAddress: string;
  /** Of the cluster. */
  configured: readonly ConfiguredPrometheus[];
  now: Date;
  signal?: AbortSignal;
}): Promise<HastenOutcome> {
  const { client, serverAddress, configured, now, signal } = options;
  const address = parsePrometheusAddress(serverAddress);
  if (address.type === 'direct') {
    return { status: 'notWanted' };
  }
  const { service, namespace } = address;
  const servers = configured
    .filter(({ hastenReload: wanted }) => wanted)
    .map(({ name }) => name.split('/'))
    .filter(([place]) => place === namespace)
    .map(([, server]) => server);
  if (servers.length === 0) {
    return { status: 'notWanted' };
  }
  try {
    const pods = (
      await Promise.all(
        servers.map(server =>
          podsBehind({ client, service, namespace, server, signal }),
        ),
      )
    ).flat();
    for (const { metadata } of pods) {
      await client.apply(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: metadata.name,
            namespace,
            annotations: { [RELOAD_ANNOTATION]: now.toISOString() },
          },
        },
        { signal },
      );
    }
    return {
      status: 'hastened',
      pods: pods.map(({ metadata }) => metadata.name),
    };
  } catch (error) {
    if (error instanceof ClusterForbiddenError) {
      return { status: 'forbidden', reason: error.message };
    }
    throw error;
  }
}
