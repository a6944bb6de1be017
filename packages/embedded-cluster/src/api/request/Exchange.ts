import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UserInfo } from '../../model/UserInfo';
import type { RequestInfo, ResourceAddress } from './requestInfo';

/** One request that may be served, and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly info: RequestInfo;
  readonly query: URLSearchParams;
  /** As sent, with the question mark; empty without one. */
  readonly search: string;
  readonly user: UserInfo;
  /** What the answer warns of, be it a refusal or not. */
  readonly warnings: readonly string[];
  warn(text: string): void;
  /** Aborts when the client has gone or the server closes. Made when it is asked for: most requests need none. */
  untilGone(): AbortSignal;
}

/** An {@link Exchange} about a resource. */
export interface ResourceExchange extends Exchange {
  readonly address: ResourceAddress;
}
