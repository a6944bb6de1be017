import {
  KubernetesObject,
  LABELS,
  LABEL_VALUES,
  NAMESPACE_ANNOTATIONS,
  NAMESPACE_POLICY_OBJECT,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { NamespaceCreation } from './namespaceSettings';

/** The objects that make a namespace what the policy wants it to be; the Namespace is the first. */
export function namespaceObjects(
  creation: NamespaceCreation,
  name: string,
): [KubernetesObject, ...KubernetesObject[]] {
  const { labels, annotations, podSecurity, resourceQuota, limitRange } =
    creation;
  const managed = { [LABELS.managedBy]: LABEL_VALUES.managedBy };
  const inside = { name: NAMESPACE_POLICY_OBJECT, namespace: name };
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          ...managed,
          ...(podSecurity === undefined
            ? {}
            : { 'pod-security.kubernetes.io/enforce': podSecurity }),
          ...labels,
        },
        annotations: {
          ...annotations,
          // A run that was interrupted finds by it what it has to complete.
          [NAMESPACE_ANNOTATIONS.madeByPolicy]: 'true',
        },
      },
    },
    ...(resourceQuota === undefined
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            metadata: { ...inside, labels: managed },
            spec: resourceQuota,
          },
        ]),
    ...(limitRange === undefined
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'LimitRange',
            metadata: { ...inside, labels: managed },
            spec: limitRange,
          },
        ]),
  ];
}
