/** The way to one Prometheus server. */
export interface PrometheusTransport {
  /** Address for messages. */
  readonly address: string;
  /**
   * GETs a path below the server's address, such as `/api/v1/query?query=up`.
   *
   * Rejects with `PrometheusUnreachableError` when nothing that can be the
   * server answered, with `ClusterForbiddenError` when the way through the
   * cluster is not allowed, and with the signal's reason when aborted.
   */
  get(
    path: string,
    options: { signal?: AbortSignal },
  ): Promise<{ status: number; contentType: string; text: string }>;
}
