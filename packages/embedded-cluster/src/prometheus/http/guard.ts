import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Host and port of a Host header or an Origin, as far as it makes sense. */
function hostnameOf(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url)
    ? new URL(url).hostname.replace(/^\[|\]$/g, '')
    : undefined;
}

/** Names that only this machine or this cluster gives: an address, or a name that no public domain can have. */
function isOurName(hostname: string): boolean {
  return (
    isIP(hostname) !== 0 ||
    !hostname.includes('.') ||
    hostname.endsWith('.svc') ||
    hostname.endsWith('.cluster.local')
  );
}

/**
 * Why a request is refused: web pages of others must not read what is on
 * loopback, neither by asking for it nor by giving their own name our address.
 *
 * @returns undefined where nothing is wrong
 */
export function refusalOf({
  headers,
  method,
}: IncomingMessage): string | undefined {
  const host = headers.host ?? '';
  const hostname = hostnameOf(host);
  if (hostname === undefined || !isOurName(hostname)) {
    return `this server is not called ${JSON.stringify(host)}`;
  }
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    return `requests from ${origin} are not answered`;
  }
  const site = headers['sec-fetch-site'];
  const isFollowedLink =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document';
  if (
    site !== undefined &&
    site !== 'same-origin' &&
    site !== 'none' &&
    !isFollowedLink
  ) {
    return 'requests from pages of other sites are not answered';
  }
  return undefined;
}
