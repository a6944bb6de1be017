const PREFIX = 'system:serviceaccount:';

/** The namespace and name in a ServiceAccount's user name; undefined for others. */
export function parseServiceAccountName(
  username: string,
): { namespace: string; name: string } | undefined {
  if (!username.startsWith(PREFIX)) {
    return undefined;
  }
  const [namespace, name, ...rest] = username.slice(PREFIX.length).split(':');
  return namespace === '' || (name ?? '') === '' || rest.length > 0
    ? undefined
    : { namespace, name };
}

/** The user name of a ServiceAccount. */
export function serviceAccountUsername(namespace: string, name: string) {
  return `${PREFIX}${namespace}:${name}`;
}

/** The groups that a ServiceAccount is in beside `system:authenticated`. */
export function serviceAccountGroups(namespace: string): string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}
