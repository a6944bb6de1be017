/**
 * An environment in which no test finds a cluster of the user's by accident:
 * no kubeconfig, none of the variables that pods are given, and none of those
 * that point the contract tests at a cluster.
 */
export function withoutClusters(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) =>
        name !== 'KUBECONFIG' &&
        !name.startsWith('KUBERNETES_') &&
        !name.startsWith('SPORTSBOOK_TEST_'),
    ),
  );
}
