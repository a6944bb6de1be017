import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { CHALLENGE } from './Credentials';
import { html } from './html';
import { page } from './page';
import { sendPage } from './pagesRouter';

const STATUS: Record<string, number> = {
  InputError: 422,
  AuthenticationError: 401,
  NotFoundError: 404,
  ConflictError: 409,
};

/** The end of the line: unknown addresses and errors of the routes before. */
export function answerErrors(options: {
  logger: LoggerService;
}): (RequestHandler | ErrorRequestHandler)[] {
  const { logger } = options;
  const unknownAddress: RequestHandler = (req, res) => {
    answer({ req, res, status: 404, message: 'There is nothing here' });
  };
  // Express tells error handlers by their four parameters.
  const failure: ErrorRequestHandler = (error, req, res, _next) => {
    const status = statusOf(error);
    if (status >= 500) {
      logger.error(`${req.method} ${req.path} failed`, toError(error));
    }
    if (res.headersSent || res.destroyed) {
      res.destroy();
      return;
    }
    const message =
      status >= 500
        ? 'The git host failed; the log of the backend says why'
        : toError(error).message;
    answer({ req, res, status, message });
  };
  return [unknownAddress, failure];
}

function answer(options: {
  req: Parameters<RequestHandler>[0];
  res: Parameters<RequestHandler>[1];
  status: number;
  message: string;
}) {
  const { req, res, status, message } = options;
  res.status(status);
  if (status === 401) {
    res.set('WWW-Authenticate', CHALLENGE);
  }
  if (req.path.startsWith('/api/')) {
    res.json({ message });
  } else if (req.accepts('html')) {
    sendPage(
      res,
      page({
        crumbs: [{ text: `${status}` }],
        content: html`<p>${message}</p>`,
      }),
    );
  } else {
    res.type('text/plain').send(`${message}\n`);
  }
}

function statusOf(error: unknown): number {
  if (!isError(error)) {
    return 500;
  }
  const known = STATUS[error.name];
  if (known !== undefined) {
    return known;
  }
  // Express's own refusals (a malformed body or address) carry a status.
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500
    ? status
    : 500;
}
