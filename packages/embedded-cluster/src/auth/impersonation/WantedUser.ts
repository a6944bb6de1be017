import type { IncomingHttpHeaders } from 'node:http';
import { StatusError } from '../../model/StatusError';

/** Whom the `Impersonate-*` headers ask for. */
export interface WantedUser {
  username: string;
  uid: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
}

const EXTRA_PREFIX = 'impersonate-extra-';

/** Node joins the lines of a repeated header so, unless the caller kept them apart. */
const valuesOf = (header: string | string[] | undefined): string[] =>
  (typeof header === 'string' ? header.split(', ') : header ?? []).filter(
    value => value !== '',
  );

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

// The refusal shows the Go value that the API server makes of the headers.
const goQuoted = (text: string) => JSON.stringify(text);
const goStrings = (list: readonly string[]) =>
  `{${list.map(goQuoted).join(', ')}}`;

function goUser({ username, uid, groups, extra }: WantedUser): string {
  const entries = Object.entries(extra).map(
    ([key, values]) => `${goQuoted(key)}:[]string${goStrings(values)}`,
  );
  const fields = [
    `Name:${goQuoted(username)}`,
    `UID:${goQuoted(uid)}`,
    `Groups:[]string${groups.length === 0 ? '(nil)' : goStrings(groups)}`,
    `Extra:map[string][]string${
      entries.length === 0 ? '(nil)' : `{${entries.join(', ')}}`
    }`,
  ];
  return `&user.DefaultInfo{${fields.join(', ')}}`;
}

/**
 * Undefined where the request impersonates nobody.
 *
 * @throws StatusError 400 for groups, a uid or extra values without a user
 */
export function readWantedUser(
  headers: IncomingHttpHeaders,
): WantedUser | undefined {
  const [username = ''] = [headers['impersonate-user'] ?? ''].flat();
  const [uid = ''] = [headers['impersonate-uid'] ?? ''].flat();
  const wanted: WantedUser = {
    username,
    uid,
    groups: valuesOf(headers['impersonate-group']),
    extra: Object.fromEntries(
      Object.entries(headers)
        .filter(
          ([name]) => name.startsWith(EXTRA_PREFIX) && name !== EXTRA_PREFIX,
        )
        .map(([name, value]) => [
          decodeKey(name.slice(EXTRA_PREFIX.length)),
          valuesOf(value),
        ]),
    ),
  };
  if (username !== '') {
    return wanted;
  }
  if (
    uid === '' &&
    wanted.groups.length === 0 &&
    Object.keys(wanted.extra).length === 0
  ) {
    return undefined;
  }
  throw StatusError.badRequest(
    `requested ${goUser(wanted)} without impersonating a user name`,
  );
}
