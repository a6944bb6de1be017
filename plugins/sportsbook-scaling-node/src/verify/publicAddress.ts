import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isIPv6 } from 'node:net';
import { z } from 'zod/v3';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { KubernetesClient } from '../ports/KubernetesClient';

const serviceSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    type: z.string().default('ClusterIP'),
    ports: z
      .array(
        z.object({
          name: z.string().nullish(),
          port: z.number(),
          nodePort: z.number().nullish(),
          appProtocol: z.string().nullish(),
        }),
      )
      .default([]),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z
            .array(
              z.object({
                ip: z.string().nullish(),
                hostname: z.string().nullish(),
              }),
            )
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

const nodeSchema = z.object({
  status: z.object({
    addresses: z
      .array(z.object({ type: z.string(), address: z.string() }))
      .default([]),
  }),
});

/** Types of node addresses, the most public first. */
const ADDRESS_TYPES = ['ExternalIP', 'ExternalDNS', 'InternalIP'];

async function findNodeAddress(
  client: KubernetesClient,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const { items } = await client.list(
      { apiVersion: 'v1', kind: 'Node' },
      { signal },
    );
    const addresses = items.flatMap(node => {
      const parsed = nodeSchema.safeParse(node);
      return parsed.success ? parsed.data.status.addresses : [];
    });
    return ADDRESS_TYPES.flatMap(type =>
      addresses.filter(candidate => candidate.type === type),
    )[0]?.address;
  } catch (error) {
    if (error instanceof ClusterForbiddenError) {
      return undefined;
    }
    throw error;
  }
}

function url(scheme: string, host: string, port: number): string {
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/**
 * Where people reach a Service: its load balancer, its node port, or else its
 * name in the cluster, such as `http://odds-api.betting.svc:8080`.
 *
 * @param options.port - number or name of the Service's port, default its first
 * @param options.nodeAddress - where node ports are reached; default the first
 *   node's external address, else its internal one. Where nodes may not be
 *   listed, the address in the cluster is returned
 * @returns undefined for a Service that has no such port
 */
export async function publicAddress(options: {
  client: KubernetesClient;
  service: KubernetesObject;
  port?: number | string;
  nodeAddress?: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { client, service, port: wanted, nodeAddress, signal } = options;
  const { metadata, spec, status } = serviceSchema.parse(service);
  const port =
    wanted === undefined
      ? spec.ports[0]
      : spec.ports.find(
          ({ port: number, name }) => number === wanted || name === wanted,
        );
  if (port === undefined) {
    return undefined;
  }
  const scheme =
    port.appProtocol === 'https' || port.name === 'https' || port.port === 443
      ? 'https'
      : 'http';
  const [ingress] = status?.loadBalancer?.ingress ?? [];
  const balancer = ingress?.hostname ?? ingress?.ip ?? undefined;
  if (spec.type === 'LoadBalancer' && balancer !== undefined) {
    return url(scheme, balancer, port.port);
  }
  if (port.nodePort !== undefined && port.nodePort !== null) {
    const node = nodeAddress ?? (await findNodeAddress(client, signal));
    if (node !== undefined) {
      return url(scheme, node, port.nodePort);
    }
  }
  return url(scheme, `${metadata.name}.${metadata.namespace}.svc`, port.port);
}
