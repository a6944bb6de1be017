import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The one account of the git host.
 *
 * @public
 */
export type Credentials = { username: string; password: string };

/** The `WWW-Authenticate` header of every 401. */
export const CHALLENGE = 'Basic realm="git host", charset="UTF-8"';

/** What a request's `Authorization` header proves. */
export type Identity = 'anonymous' | 'account' | 'wrong';

/** Compares an `Authorization` header (Basic) with the host's account. */
export function identify(
  header: string | undefined,
  credentials: Credentials,
): Identity {
  if (header === undefined) {
    return 'anonymous';
  }
  const [, encoded] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header) ?? [];
  const given = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const expected = `${credentials.username}:${credentials.password}`;
  // Digests have one length, which timingSafeEqual asks for.
  return timingSafeEqual(digest(given), digest(expected)) ? 'account' : 'wrong';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
