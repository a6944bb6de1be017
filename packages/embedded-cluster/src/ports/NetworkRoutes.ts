/** What one port of a Service leads to. */
export interface PortRoute {
  name: string;
  port: number;
  /** Who takes connections now: each a virtual address and port. */
  endpoints: readonly { ip: string; port: number }[];
}

export interface ServiceRoute {
  namespace: string;
  name: string;
  /** Absent for headless Services, whose name stands for the pods themselves. */
  clusterIP?: string;
  ports: readonly PortRoute[];
  /** Addresses of whoever takes connections. */
  addresses: readonly string[];
  /** Names of single pods below the Service's own, with their addresses. */
  hostnames: Readonly<Record<string, string>>;
  /** Set where a client stays with one endpoint. */
  affinitySeconds?: number;
}

/** Everything that has a virtual address, with what is really behind it. Plain data: pods' processes read it as JSON. */
export interface NetworkRoutes {
  services: readonly ServiceRoute[];
  /** By pod address, then by the port that the pod listens on: the loopback port. */
  pods: Readonly<Record<string, Readonly<Record<number, number>>>>;
}

export interface RouteSource {
  routes(): NetworkRoutes;
  /** Called in the turn after a change, once for several. @returns what ends it */
  onRoutesChanged(listener: () => void): () => void;
}
