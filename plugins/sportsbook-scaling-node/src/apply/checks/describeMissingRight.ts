import { AccessQuestion } from '../../ports/KubernetesClient';

/** Which right is missing and how to grant it, without a full stop. */
export function describeMissingRight(
  cluster: string,
  { group, resource: plural, subresource, namespace }: AccessQuestion,
  verbs: string[],
): string {
  const resource =
    subresource === undefined ? plural : `${plural}/${subresource}`;
  const full = group === '' ? resource : `${resource}.${group}`;
  const [where, kind] =
    namespace === undefined
      ? ['', 'ClusterRole']
      : [` in namespace '${namespace}'`, 'Role'];
  return `Backstage's identity on cluster '${cluster}' may not ${verbs.join(
    ', ',
  )} ${full}${where}; grant it with a ${kind} (apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(
    ', ',
  )}])`;
}
