import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ClusterNetwork, RealAddress } from '../../ports/ClusterNetwork';
import type { ClusterObjects } from '../../ports/ClusterObjects';

export interface ProxyTarget {
  scheme: 'http' | 'https';
  address: RealAddress;
}

interface Means {
  objects: ClusterObjects;
  network: ClusterNetwork;
}

const serviceSchema = z.object({
  spec: z.object({
    ports: z
      .array(z.object({ name: z.string().optional(), port: z.number() }))
      .default([]),
  }),
});

const podSchema = z.object({
  spec: z.object({
    containers: z.array(
      z.object({
        ports: z
          .array(
            z.object({
              name: z.string().optional(),
              containerPort: z.number(),
            }),
          )
          .default([]),
      }),
    ),
  }),
  status: z.object({ podIP: z.string().optional() }).default({}),
});

const HTTP_PORT = 80;

/**
 * Where `[scheme:]name[:port]` of a Service or a pod is really reached.
 *
 * @throws StatusError 400, 404, 503
 */
export function proxyTarget(
  type: ResourceType,
  namespace: string,
  reference: string,
  means: Means,
): ProxyTarget {
  const parts = reference.split(':');
  const [scheme, name, port] =
    parts.length === 3 ? parts : ['', parts[0], parts[1] ?? ''];
  if (
    parts.length > 3 ||
    name === '' ||
    !['', 'http', 'https'].includes(scheme)
  ) {
    throw StatusError.badRequest(
      `invalid ${type.singular} request ${JSON.stringify(reference)}`,
    );
  }
  const object = means.objects.get(type, { namespace, name });
  return {
    scheme: scheme === 'https' ? 'https' : 'http',
    address:
      type.kind === 'Service'
        ? dialService(object, port, means.network)
        : dialPod(object, port, means.network),
  };
}

function dialService(
  { metadata, ...service }: KubernetesObject,
  port: string,
  network: ClusterNetwork,
): RealAddress {
  const { name, namespace = '' } = metadata;
  const { ports } = serviceSchema.parse(service).spec;
  const numeric = /^\d+$/.test(port);
  const found = numeric
    ? ports.find(one => one.port === Number(port))
    : ports.find(one => (one.name ?? '') === port) ??
      (port === '' && ports.length === 1 ? ports[0] : undefined);
  if (found === undefined) {
    const isReady = ports.some(
      one =>
        network.dialService({ namespace, name, port: String(one.port) })
          .status === 'ok',
    );
    throw unavailable(
      numeric
        ? `no service port ${port} found for service ${JSON.stringify(name)}`
        : noEndpoints(port === '' || !isReady ? name : `${name}:${port}`),
    );
  }
  const answer = network.dialService({
    namespace,
    name,
    port: String(found.port),
  });
  if (answer.status !== 'ok') {
    throw unavailable(noEndpoints(name));
  }
  return answer.address;
}

function dialPod(
  object: KubernetesObject,
  port: string,
  network: ClusterNetwork,
): RealAddress {
  const { spec, status } = podSchema.parse(object);
  const declared = spec.containers.flatMap(({ ports }) => ports);
  const number = /^\d+$/.test(port)
    ? Number(port)
    : declared.find(one => port === '' || one.name === port)?.containerPort ??
      HTTP_PORT;
  const { podIP = '' } = status;
  const answer = network.dialPod(podIP, number);
  if (podIP === '') {
    throw unavailable('address not allowed');
  }
  if (answer.status !== 'ok') {
    throw unavailable(
      `error trying to reach service: dial tcp ${podIP}:${number}: connect: connection refused`,
    );
  }
  return answer.address;
}

function noEndpoints(service: string): string {
  return `no endpoints available for service ${JSON.stringify(service)}`;
}

export function unavailable(message: string): StatusError {
  return new StatusError({ code: 503, reason: 'ServiceUnavailable', message });
}
