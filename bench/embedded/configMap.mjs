/** A ConfigMap as services have them; another `revision` makes it another one. */
export function configMap(namespace, name, revision) {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      labels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': 'sportsbook',
      },
    },
    data: {
      revision: String(revision),
      LOG_LEVEL: 'info',
      MARKETS: 'football,tennis,basketball',
      'limits.json': '{"stake":{"maximum":500,"currency":"EUR"},"delay":3}',
    },
  });
}

export function configMapsPath(namespace) {
  return `/api/v1/namespaces/${namespace}/configmaps`;
}
