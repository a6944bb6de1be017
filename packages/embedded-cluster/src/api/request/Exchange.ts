import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { UserInfo } from '../../model/UserInfo';
import type { RequestInfo, ResourceAddress } from './requestInfo';

export interface Upgrade {
  socket: Socket;
  head: Buffer;
}

/** One request that may be served, and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Of a request that asks for another protocol: its connection, and what came on it already. */
  readonly upgrade?: Upgrade;
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
