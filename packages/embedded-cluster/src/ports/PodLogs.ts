export interface LogRequest {
  namespace: string;
  pod: string;
  /** Default: the only one. */
  container?: string;
  previous?: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  timestamps?: boolean;
  limitBytes?: number;
  follow?: boolean;
}

/** Logs of the pods' containers. */
export interface PodLogs {
  /**
   * @returns chunks of text, without end while `follow` and the container runs
   * @throws StatusError as the kubelet would (400 for an unknown or waiting container)
   */
  read(request: LogRequest, signal: AbortSignal): AsyncIterable<string>;
}
