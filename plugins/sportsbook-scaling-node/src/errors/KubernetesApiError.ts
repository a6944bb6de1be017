import { CustomErrorBase } from '@backstage/errors';

/** One of the `details.causes` of a Kubernetes `Status`. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** The API server refused a call for a reason that has no class of its own. */
export class KubernetesApiError extends CustomErrorBase {
  name = 'KubernetesApiError' as const;
  /** HTTP status. */
  readonly status: number;
  /** Kubernetes' reason, such as `Invalid`; undefined where the server gave none. */
  readonly reason?: string;
  readonly causes: StatusCause[];
  /** What a `Retry-After` header said. */
  readonly retryAfterSeconds?: number;

  constructor(
    message: string,
    answer: {
      status: number;
      reason?: string;
      causes?: StatusCause[];
      retryAfterSeconds?: number;
    },
  ) {
    super(message);
    this.status = answer.status;
    this.reason = answer.reason;
    this.causes = answer.causes ?? [];
    this.retryAfterSeconds = answer.retryAfterSeconds;
  }
}
