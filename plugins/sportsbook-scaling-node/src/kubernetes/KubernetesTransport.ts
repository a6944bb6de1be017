/** One HTTP request to a cluster's API server, before anything is known about how it gets there. */
export interface TransportRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query below the API server's root, segments encoded, such as `/api/v1/pods?limit=1`. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /**
   * How long one attempt may take: until the whole answer is there, or, for a
   * stream, until its first byte may come.
   */
  timeoutSeconds: number;
  signal?: AbortSignal;
}

export interface TransportAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** An answer that is still being sent. Leaving the loop over `chunks` ends the request. */
export interface TransportStream {
  status: number;
  headers: Headers;
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * The way to one cluster's API server.
 *
 * Rejects with `ClusterUnreachableError` when nothing answered,
 * `UnknownClusterError` and `BackstageRefusedError` where Backstage stands in
 * between and says so, and with the signal's reason when aborted. Any answer
 * of the cluster itself, whatever its status, is returned.
 */
export interface KubernetesTransport {
  /** Name of the cluster, for messages. */
  readonly cluster: string;
  /** Whether calls carry a user's own token. Default false: the configured credential. */
  readonly hasUserToken?: boolean;
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** For answers that are read as they come; the chunks end early, without an error, once the transport is closed. */
  open(request: TransportRequest): Promise<TransportStream>;
}
