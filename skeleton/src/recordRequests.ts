import type { Request, RequestHandler } from 'express';
import { type Metrics, UNKNOWN_ROUTE } from './metrics';

/** What proxies call a request whose client went away before the answer. */
const CLIENT_CLOSED_REQUEST = '499';

/** Records each request that reaches it; mount probes and scrapes before it. */
export function recordRequests({ requests }: Metrics): RequestHandler {
  return (request, response, next) => {
    const end = requests.startTimer({ method: request.method });
    response.once('close', () => {
      end({
        uri: routeOf(request),
        status: response.headersSent
          ? String(response.statusCode)
          : CLIENT_CLOSED_REQUEST,
      });
    });
    next();
  };
}

function routeOf(request: Request): string {
  const route: unknown = request.route?.path;
  return typeof route === 'string' ? request.baseUrl + route : UNKNOWN_ROUTE;
}
