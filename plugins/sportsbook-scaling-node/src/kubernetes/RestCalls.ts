import { z } from 'zod';
import { ClusterUnreachableError } from '../errors';
import { CallOptions } from '../ports/KubernetesClient';
import { errorFromAnswer } from './errorFromAnswer';
import { InFlightLimit } from './InFlightLimit';
import {
  KubernetesTransport,
  TransportAnswer,
  TransportRequest,
} from './KubernetesTransport';
import {
  DEFAULT_ATTEMPT_TIMEOUT_SECONDS,
  DEFAULT_BUDGET_SECONDS,
  RetryPolicy,
} from './RetryPolicy';
import { RetryClock } from './RetryClock';
import { withRetries } from './withRetries';

export type RestCall = Omit<TransportRequest, 'timeoutSeconds' | 'signal'>;

/** What a call is for. */
export interface Purpose {
  /** Such as `apply Deployment betting/odds-api`, for messages. */
  action: string;
  /** The kind whose API is asked; undefined for paths of no kind. */
  kind?: { apiVersion: string; kind: string };
}

/** Calls to one API server: tried again where that helps, checked and parsed. */
export class RestCalls {
  readonly transport: KubernetesTransport;
  readonly attemptTimeoutSeconds: number;
  readonly #budgetSeconds: number;
  readonly #clock: RetryClock | undefined;
  readonly #inFlight = new InFlightLimit();

  constructor(transport: KubernetesTransport, retry: RetryPolicy) {
    this.transport = transport;
    this.attemptTimeoutSeconds =
      retry.attemptTimeoutSeconds ?? DEFAULT_ATTEMPT_TIMEOUT_SECONDS;
    this.#budgetSeconds = retry.budgetSeconds ?? DEFAULT_BUDGET_SECONDS;
    this.#clock = retry.clock;
  }

  get cluster(): string {
    return this.transport.cluster;
  }

  /** Attempts until the answer is no refusal. */
  async call(
    call: RestCall,
    purpose: Purpose,
    options: CallOptions & { retryable?: (error: unknown) => boolean },
  ): Promise<TransportAnswer> {
    return await this.retry(options, async () => {
      const answer = await this.send(call, options);
      this.check(answer, purpose);
      return answer;
    });
  }

  /** One attempt, as soon as the server's answers leave room for it. */
  async send(call: RestCall, options: CallOptions): Promise<TransportAnswer> {
    const { signal } = options;
    return await this.#inFlight.run(
      () =>
        this.transport.send({
          ...call,
          headers: { Accept: 'application/json', ...call.headers },
          timeoutSeconds: this.attemptTimeoutSeconds,
          signal,
        }),
      { isBusy, signal },
    );
  }

  async retry<T>(
    options: CallOptions & { retryable?: (error: unknown) => boolean },
    attempt: () => Promise<T>,
  ): Promise<T> {
    return await withRetries(attempt, {
      budgetSeconds: this.#budgetSeconds,
      retryable: options.retryable,
      clock: this.#clock,
      signal: options.signal,
    });
  }

  /** Throws on a refusal. */
  check(answer: TransportAnswer, { action, kind }: Purpose): void {
    const ok = answer.status >= 200 && answer.status < 300;
    if (!ok && answer.status !== 304) {
      throw errorFromAnswer(answer, {
        cluster: this.cluster,
        action,
        kind,
        hasUserToken: this.transport.hasUserToken,
      });
    }
  }

  parse<T>(
    schema: z.ZodType<T>,
    answer: TransportAnswer,
    { action }: Purpose,
  ): T {
    try {
      return schema.parse(JSON.parse(answer.text));
    } catch (error) {
      throw new ClusterUnreachableError(
        `What answers for cluster ${
          this.cluster
        } is no Kubernetes API server: asked to ${action}, it sent ${
          answer.headers.get('content-type') ?? 'an unnamed type'
        } that cannot be read. Check the cluster's URL.`,
        error,
      );
    }
  }
}

/** Whether the server wants fewer calls at a time. */
function isBusy({ status, headers }: TransportAnswer): boolean {
  return status === 429 || (status === 503 && headers.has('retry-after'));
}
