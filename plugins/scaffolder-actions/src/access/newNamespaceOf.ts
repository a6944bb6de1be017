import {
  ClusterSettings,
  namespaceNameProblem,
  namespaceObjects,
  NewNamespace,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/**
 * What to do on a cluster where a namespace is absent; undefined: it has to
 * exist, since its settings allow none to be made.
 */
export function newNamespaceOf(
  settings: ClusterSettings,
  cluster: string,
  namespace: string,
): NewNamespace | undefined {
  const { namespaceCreation } = settings.for(cluster);
  if (namespaceCreation === undefined) {
    return undefined;
  }
  const refused = namespaceNameProblem(namespaceCreation, namespace);
  return refused === undefined
    ? {
        objects: namespaceObjects(namespaceCreation, namespace),
        source: `sportsbookScaling.clusters['${cluster}'].namespaces`,
      }
    : { refused };
}
