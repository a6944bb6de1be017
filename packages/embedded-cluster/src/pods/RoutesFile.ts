import { renameSync, writeFileSync } from 'node:fs';
import type { NetworkRoutes, RouteSource } from '../ports/NetworkRoutes';

/** The network's routes as a file that every container's process reads: replaced whole at each change. */
export class RoutesFile {
  readonly path: string;
  readonly #source: RouteSource;
  readonly #apiServerPort: number | undefined;
  #end: (() => void) | undefined;

  /** @param apiServerPort - where `kubernetes.default.svc` leads */
  constructor(
    path: string,
    source: RouteSource,
    apiServerPort: number | undefined,
  ) {
    this.path = path;
    this.#source = source;
    this.#apiServerPort = apiServerPort;
  }

  start(): void {
    this.#write();
    this.#end = this.#source.onRoutesChanged(() => this.#write());
  }

  stop(): void {
    this.#end?.();
  }

  #write(): void {
    const next = `${this.path}.next`;
    writeFileSync(
      next,
      JSON.stringify(withApiServer(this.#source.routes(), this.#apiServerPort)),
      { mode: 0o600 },
    );
    renameSync(next, this.path);
  }
}

/** The API server is a process of this machine: no pod, but the one endpoint of its Service. */
function withApiServer(
  routes: NetworkRoutes,
  apiServerPort: number | undefined,
): NetworkRoutes {
  if (apiServerPort === undefined) {
    return routes;
  }
  return {
    ...routes,
    services: routes.services.map(service =>
      service.namespace === 'default' && service.name === 'kubernetes'
        ? {
            ...service,
            ports: service.ports.map(port => ({
              ...port,
              endpoints: [{ ip: '127.0.0.1', port: apiServerPort }],
            })),
          }
        : service,
    ),
  };
}
