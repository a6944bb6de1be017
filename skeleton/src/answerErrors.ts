import type { ErrorRequestHandler, RequestHandler } from 'express';

/** Answers what no route matched. */
export const answerNotFound: RequestHandler = (request, response) => {
  response
    .status(404)
    .json({ error: `There is no ${request.method} ${request.path}` });
};

/** Tells the log what went wrong, and the client no more than it needs. */
export function answerErrors(
  onError: (error: unknown) => void,
): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const status = statusOf(error);
    if (status >= 500) {
      onError(error);
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(status).json({
      error: status >= 500 ? 'Internal error' : 'The request is not valid',
    });
  };
}

/** Express marks errors that are the client's fault with a status below 500. */
function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'status' in error
      ? error.status
      : undefined;
  return typeof status === 'number' && status >= 400 && status < 600
    ? status
    : 500;
}
