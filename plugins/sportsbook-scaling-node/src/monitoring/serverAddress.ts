import {
  KubernetesObject,
  PROMETHEUS_PORT,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { Listing } from './Listing';
import { readPrometheusObject, serverPodLabels } from './prometheusObject';

/** The Service that the operator makes in each namespace of a Prometheus, for all of them. */
export const OPERATED_SERVICE = 'prometheus-operated';

const serviceSchema = z.object({
  spec: z.object({
    selector: z.record(z.string()).nullish(),
    ports: z
      .array(
        z.object({
          name: z.string().nullish(),
          port: z.number(),
          targetPort: z.union([z.string(), z.number()]).nullish(),
        }),
      )
      .nullish(),
  }),
});

/** Whether a Service's selector selects the pods of a server. */
export function selectsServerPods(
  selector: Record<string, string>,
  object: KubernetesObject,
): boolean {
  const labels = serverPodLabels(object);
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
  );
}

/** The Service's port that leads to the server's web port; undefined where none does. */
function webPortOf(
  ports: NonNullable<z.infer<typeof serviceSchema>['spec']['ports']>,
): number | undefined {
  const web = ports.find(({ name, port, targetPort }) =>
    [PROMETHEUS_PORT.name, PROMETHEUS_PORT.number].some(
      wanted =>
        (targetPort ?? port) === wanted ||
        (wanted === PROMETHEUS_PORT.name && name === wanted),
    ),
  );
  return web?.port;
}

/**
 * Where a Prometheus object's server is asked: a Service of its namespace that
 * leads to its pods and to no other server's.
 *
 * @param options.servers - all Prometheus objects of the namespace
 * @param options.services - the Services of the namespace, as far as they may be read
 */
export function serverAddress(options: {
  server: KubernetesObject;
  servers: readonly KubernetesObject[];
  services: Listing;
}): { url: string; warning?: string } | { missing: string } {
  const { server, servers, services } = options;
  const namespace = server.metadata.namespace ?? '';
  const spec = readPrometheusObject(server)?.spec;
  const scheme =
    spec?.web?.tlsConfig === undefined || spec.web.tlsConfig === null
      ? 'http'
      : 'https';
  const prefix = (spec?.routePrefix ?? '').replace(/\/+$/, '');
  const url = (service: string, port: number) =>
    `${scheme}://${service}.${namespace}.svc:${port}${prefix}`;
  const isAlone = servers.length === 1;
  const operated = {
    url: url(OPERATED_SERVICE, PROMETHEUS_PORT.number),
    warning: `is asked through Service ${OPERATED_SERVICE}, which will stand for any other Prometheus of namespace ${namespace} as well; give it a Service of its own`,
  };

  const own = services.items
    .filter(({ metadata }) => metadata.name !== OPERATED_SERVICE)
    .flatMap(service => {
      const parsed = serviceSchema.safeParse(service);
      const selector = parsed.success ? parsed.data.spec.selector ?? {} : {};
      const port = parsed.success
        ? webPortOf(parsed.data.spec.ports ?? [])
        : undefined;
      const selected = servers.filter(other =>
        selectsServerPods(selector, other),
      );
      return port !== undefined &&
        selected.length === 1 &&
        selected[0] === server
        ? [{ name: service.metadata.name, port }]
        : [];
    })
    // Of several, the one that the object names; else always the same.
    .sort(
      (a, b) =>
        Number(b.name === spec?.serviceName) -
          Number(a.name === spec?.serviceName) || (a.name < b.name ? -1 : 1),
    );
  if (own.length > 0) {
    return { url: url(own[0].name, own[0].port) };
  }
  if (isAlone) {
    return operated;
  }
  const others = `${OPERATED_SERVICE} stands for ${servers.length} servers`;
  return {
    missing:
      services.unreadable === undefined
        ? `no Service of namespace ${namespace} leads to it alone, and ${others}; make a Service with selector prometheus=${server.metadata.name}`
        : `the Services of namespace ${namespace} may not be listed, and ${others}`,
  };
}
