/**
 * An environment in which no test finds a cluster of the user's by accident:
 * no kubeconfig, and none of the variables that pods are given.
 */
export function withoutClusters(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => name !== 'KUBECONFIG' && !name.startsWith('KUBERNETES_'),
    ),
  );
}
