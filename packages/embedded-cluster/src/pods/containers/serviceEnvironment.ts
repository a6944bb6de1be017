import { z } from 'zod';
import type { ClusterObjects } from '../../ports/ClusterObjects';

const service = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    clusterIP: z.string().default(''),
    ports: z
      .array(
        z.object({
          name: z.string().default(''),
          port: z.number(),
          protocol: z.string().default('TCP'),
        }),
      )
      .default([]),
  }),
});
type Service = z.infer<typeof service>;

/** Every pod gets those of `default/kubernetes`; those of its own namespace where it asks for links. */
export function serviceEnvironment(
  objects: ClusterObjects,
  { namespace, links }: { namespace: string; links: boolean },
): Record<string, string> {
  const type = objects.typeOf('v1', 'Service');
  if (!type) {
    return {};
  }
  const kubernetes = objects.find(type, {
    namespace: 'default',
    name: 'kubernetes',
  });
  const services = [
    ...(kubernetes ? [kubernetes] : []),
    ...(links ? objects.list(type, { namespace }).items : []),
  ].map(object => service.parse(object));
  return Object.assign(
    {},
    ...services
      .filter(
        ({ spec }) =>
          spec.clusterIP !== '' &&
          spec.clusterIP !== 'None' &&
          spec.ports.length > 0,
      )
      .map(variablesOf),
  );
}

function variablesOf({ metadata, spec }: Service): Record<string, string> {
  const prefix = upper(metadata.name);
  const [first] = spec.ports;
  const address = spec.clusterIP;
  const variables: Record<string, string> = {
    [`${prefix}_SERVICE_HOST`]: address,
    [`${prefix}_SERVICE_PORT`]: String(first.port),
    [`${prefix}_PORT`]: url(first, address),
  };
  for (const port of spec.ports) {
    const own = `${prefix}_PORT_${port.port}_${port.protocol}`;
    if (port.name !== '') {
      variables[`${prefix}_SERVICE_PORT_${upper(port.name)}`] = String(
        port.port,
      );
    }
    variables[own] = url(port, address);
    variables[`${own}_PROTO`] = port.protocol.toLowerCase();
    variables[`${own}_PORT`] = String(port.port);
    variables[`${own}_ADDR`] = address;
  }
  return variables;
}

function url(
  { protocol, port }: { protocol: string; port: number },
  address: string,
): string {
  return `${protocol.toLowerCase()}://${address}:${port}`;
}

function upper(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
