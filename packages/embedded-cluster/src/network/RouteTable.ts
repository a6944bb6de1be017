import type {
  NetworkRoutes,
  RouteSource,
  ServiceRoute,
} from '../ports/NetworkRoutes';
import { readService, type ServiceObject } from './serviceObject';
import { serviceRoute } from './serviceRoute';
import { readSlice, SERVICE_NAME_LABEL, type SliceObject } from './sliceObject';

interface Entry {
  service?: ServiceObject;
  slices: Map<string, SliceObject>;
  /** Made when somebody asks, forgotten when something changes. */
  route?: ServiceRoute;
}

/** What the cluster's objects and the pods' listeners make of the network, always up to date. */
export class RouteTable implements RouteSource {
  readonly #entries = new Map<string, Entry>();
  readonly #byAddress = new Map<string, ServiceRoute>();
  readonly #pods = new Map<string, Map<number, number>>();
  readonly #listeners = new Set<() => void>();
  #announced = false;

  setService(object: unknown): ServiceObject {
    const service = readService(object);
    this.#entry(service.metadata).service = service;
    this.#changed(service.metadata);
    return service;
  }

  removeService(object: unknown): ServiceObject {
    const service = readService(object);
    this.#entry(service.metadata).service = undefined;
    this.#changed(service.metadata);
    return service;
  }

  setSlice(object: unknown): void {
    this.#slice(object, (slices, slice) =>
      slices.set(slice.metadata.name, slice),
    );
  }

  removeSlice(object: unknown): void {
    this.#slice(object, (slices, slice) => slices.delete(slice.metadata.name));
  }

  addPod(ip: string): void {
    this.#pods.set(ip, new Map());
    this.#announce();
  }

  removePod(ip: string): void {
    this.#pods.delete(ip);
    this.#announce();
  }

  setListener(ip: string, port: number, realPort: number): void {
    const listeners = this.#pods.get(ip) ?? new Map<number, number>();
    this.#pods.set(ip, listeners);
    listeners.set(port, realPort);
    this.#announce();
  }

  /** Without a port: all of the pod's. */
  removeListener(ip: string, port?: number): void {
    if (port === undefined) {
      this.#pods.get(ip)?.clear();
    } else {
      this.#pods.get(ip)?.delete(port);
    }
    this.#announce();
  }

  hasPod(ip: string): boolean {
    return this.#pods.has(ip);
  }

  realPort(ip: string, port: number): number | undefined {
    return this.#pods.get(ip)?.get(port);
  }

  service(namespace: string, name: string): ServiceRoute | undefined {
    const entry = this.#entries.get(`${namespace}/${name}`);
    return entry?.service === undefined
      ? undefined
      : this.#routeOf(entry, entry.service);
  }

  serviceAt(clusterIP: string): ServiceRoute | undefined {
    if (this.#byAddress.size === 0) {
      for (const route of this.#services()) {
        if (route.clusterIP !== undefined) {
          this.#byAddress.set(route.clusterIP, route);
        }
      }
    }
    return this.#byAddress.get(clusterIP);
  }

  routes(): NetworkRoutes {
    return {
      services: this.#services(),
      pods: Object.fromEntries(
        [...this.#pods].map(([ip, ports]) => [ip, Object.fromEntries(ports)]),
      ),
    };
  }

  onRoutesChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #services(): ServiceRoute[] {
    return [...this.#entries.values()].flatMap(entry =>
      entry.service === undefined ? [] : [this.#routeOf(entry, entry.service)],
    );
  }

  #routeOf(entry: Entry, service: ServiceObject): ServiceRoute {
    entry.route ??= serviceRoute(service, [...entry.slices.values()]);
    return entry.route;
  }

  #slice(
    object: unknown,
    change: (slices: Map<string, SliceObject>, slice: SliceObject) => void,
  ): void {
    const slice = readSlice(object);
    const { namespace, labels } = slice.metadata;
    const owner = { namespace, name: labels[SERVICE_NAME_LABEL] ?? '' };
    change(this.#entry(owner).slices, slice);
    this.#changed(owner);
  }

  #entry({ namespace, name }: { namespace: string; name: string }): Entry {
    const key = `${namespace}/${name}`;
    const entry = this.#entries.get(key) ?? { slices: new Map() };
    this.#entries.set(key, entry);
    return entry;
  }

  #changed({ namespace, name }: { namespace: string; name: string }): void {
    const key = `${namespace}/${name}`;
    const entry = this.#entries.get(key);
    if (entry?.service === undefined && entry?.slices.size === 0) {
      this.#entries.delete(key);
    } else if (entry) {
      entry.route = undefined;
    }
    this.#byAddress.clear();
    this.#announce();
  }

  #announce(): void {
    if (!this.#announced) {
      this.#announced = true;
      setImmediate(() => {
        this.#announced = false;
        this.#listeners.forEach(listener => listener());
      });
    }
  }
}
