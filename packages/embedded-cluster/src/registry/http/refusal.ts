import type { IncomingHttpHeaders } from 'node:http';
import { RegistryError } from '../RegistryError';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why a request is not served, whatever it asks for: it comes from a page in a
 * browser, or names another host, as one does after a page has pointed its own
 * name at this machine. No registry client sends such headers.
 */
export function refusal(
  headers: IncomingHttpHeaders,
): RegistryError | undefined {
  const { host } = headers;
  const url = `http://${host}`;
  const hostname = URL.canParse(url) ? new URL(url).hostname : undefined;
  if (host === undefined || hostname === undefined || !LOOPBACK.has(hostname)) {
    return new RegistryError(
      'DENIED',
      `this registry is 127.0.0.1, not ${JSON.stringify(host ?? '')}`,
      { status: 421 },
    );
  }
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined || (site !== undefined && site !== 'none')) {
    return new RegistryError(
      'DENIED',
      'no page in a browser may use this registry',
    );
  }
  return undefined;
}
