import { Config } from '@backstage/config';
import type { RequestHandler } from 'express';
import { isLoopback } from './isLoopback';

/**
 * Refuses requests that were meant for another host name.
 *
 * @remarks
 * A foreign web page can point its own name at this machine; the browser then
 * lets its script talk to the port as if it were the page's own server, and
 * with guest sign-in that script would be signed in. Its requests carry the
 * foreign name.
 */
export function refuseForeignHosts(config: Config): RequestHandler {
  const own = ['app.baseUrl', 'backend.baseUrl']
    .map(key => config.getOptionalString(key))
    .flatMap(url => (url === undefined ? [] : [new URL(url).hostname]));
  return (request, response, next) => {
    const hostname = hostnameOf(request.headers.host);
    if (
      hostname !== undefined &&
      (isLoopback(hostname) || own.includes(hostname))
    ) {
      next();
      return;
    }
    response
      .status(421)
      .type('text/plain')
      .send('This Backstage does not answer for that host name.\n');
  };
}

function hostnameOf(host: string | undefined): string | undefined {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}
