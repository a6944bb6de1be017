import type { RequestHandler } from 'express';
import { CHALLENGE, Credentials, identify } from './Credentials';

const LOOPBACK = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** True for the names of the loopback interface that are accepted here. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

/**
 * Refuses requests for other host names, which a foreign web page could send
 * after pointing its own name at this machine, and requests with wrong
 * credentials, which would otherwise look like anonymous ones.
 */
export function refuseForeignRequests(options: {
  credentials: Credentials;
  publicUrl: () => string;
}): RequestHandler {
  const { credentials, publicUrl } = options;
  return (req, res, next) => {
    const hostname = hostnameOf(`http://${req.headers.host}`);
    if (
      hostname === undefined ||
      !(isLoopback(hostname) || hostname === hostnameOf(publicUrl()))
    ) {
      res.status(421).type('text/plain').send('Not the host you asked for\n');
      return;
    }
    if (identify(req.get('authorization'), credentials) === 'wrong') {
      res
        .status(401)
        .set('WWW-Authenticate', CHALLENGE)
        .type('text/plain')
        .send('These are not the credentials of this git host\n');
      return;
    }
    next();
  };
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
