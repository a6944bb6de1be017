/** Where something that has a virtual address is really reached. */
export interface RealAddress {
  host: '127.0.0.1';
  port: number;
}

export type DialAnswer =
  | { status: 'ok'; address: RealAddress }
  /** No Service or pod of that name or address. */
  | { status: 'unknown' }
  /** The Service has nobody who is ready, or nobody listens on the port. */
  | { status: 'refused' };

/** The cluster's network: virtual addresses of pods and Services, mapped to loopback ports. */
export interface ClusterNetwork {
  /** A free pod address. */
  takePodAddress(): string;
  releasePodAddress(podIP: string): void;
  /** Somebody listens on `podIP:port`; really on `real`. */
  listen(podIP: string, port: number, real: RealAddress): void;
  unlisten(podIP: string, port?: number): void;
  /** What is reached at a pod's address. */
  dialPod(podIP: string, port: number): DialAnswer;
  /**
   * What is reached at a name (`odds-api.betting.svc`, `odds-api.betting.svc.cluster.local`,
   * with `fromNamespace` also `odds-api` and `odds-api.betting`), a cluster IP
   * or a pod's address. A Service gives one of its ready endpoints at random,
   * as kube-proxy does for each connection.
   */
  dial(
    host: string,
    port: number,
    options?: { fromNamespace?: string },
  ): DialAnswer;
  /** As dial, for the API server's service proxy: the port by number or name. */
  dialService(service: {
    namespace: string;
    name: string;
    port: string;
  }): DialAnswer;
  /**
   * `fetch` from inside the cluster.
   * @throws TypeError as fetch does, with a cause whose code is ENOTFOUND or ECONNREFUSED
   */
  fetch(url: string, init?: RequestInit): Promise<Response>;
}
