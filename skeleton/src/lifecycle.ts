import type { RequestHandler } from 'express';

/** Where this process is between its start and its end. */
export interface Lifecycle {
  /** From here on the service is not ready, and asks each client to go elsewhere. */
  drain(): void;
  isDraining(): boolean;
}

export function createLifecycle(): Lifecycle {
  let draining = false;
  return {
    drain: () => {
      draining = true;
    },
    isDraining: () => draining,
  };
}

/**
 * While draining, answers carry `Connection: close`: a client that keeps its
 * connection would otherwise send its next request into a closing socket.
 */
export function closeConnectionsWhileDraining(
  lifecycle: Lifecycle,
): RequestHandler {
  return (_request, response, next) => {
    if (lifecycle.isDraining()) {
      response.set('Connection', 'close');
    }
    next();
  };
}
