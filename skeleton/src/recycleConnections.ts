import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * A connection sticks to the pod that it was opened to. Ending it after this
 * many requests gives a pod that was added later its share.
 */
export const REQUESTS_PER_CONNECTION = 100;

/**
 * Ends a connection with its hundredth answer.
 *
 * Node's own `maxRequestsPerSocket` only announces the end: it leaves the
 * connection open and answers a client that goes on using it with 503. With
 * the header set here the server closes it, and no request is refused.
 */
export function recycleConnections(
  requestsPerConnection = REQUESTS_PER_CONNECTION,
): RequestHandler {
  const answered = new WeakMap<Socket, number>();
  return (request, response, next) => {
    const count = (answered.get(request.socket) ?? 0) + 1;
    answered.set(request.socket, count);
    if (count >= requestsPerConnection) {
      response.set('Connection', 'close');
    }
    next();
  };
}
