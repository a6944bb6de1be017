import { stringify } from 'yaml';

/** A kubeconfig with one cluster and user for each context, named like it. */
export function kubeconfigText(
  contexts: Record<
    string,
    { cluster: Record<string, unknown>; user: Record<string, unknown> }
  >,
): string {
  const entries = Object.entries(contexts);
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': entries[0]?.[0],
    clusters: entries.map(([name, { cluster }]) => ({ name, cluster })),
    users: entries.map(([name, { user }]) => ({ name, user })),
    contexts: entries.map(([name]) => ({
      name,
      context: { cluster: name, user: name },
    })),
  });
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');
