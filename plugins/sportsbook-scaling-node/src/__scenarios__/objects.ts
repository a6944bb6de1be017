import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Runs on any cluster, the embedded one included. */
export const IMAGE = 'node:22-slim';

export function configMap(
  name: string,
  data: Record<string, string> = { limit: '100' },
): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

export function secret(
  name: string,
  stringData: Record<string, string>,
): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}

/** Without pods unless told otherwise, so that it is there at once. */
export function deployment(
  name: string,
  spec: { replicas?: number; app?: string; image?: string } = { replicas: 0 },
): KubernetesObject {
  const { app = name, image = IMAGE, ...rest } = spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      ...rest,
      selector: { matchLabels: { app } },
      template: {
        metadata: { labels: { app } },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [
            {
              name: 'main',
              image,
              command: ['node', '-e', 'setInterval(() => {}, 1000)'],
            },
          ],
        },
      },
    },
  };
}

/** A Job whose one pod runs a program of Node once. */
export function job(
  name: string,
  options: { program: string; ttlSecondsAfterFinished?: number },
): KubernetesObject {
  const { program, ...spec } = options;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            { name: 'main', image: IMAGE, command: ['node', '-e', program] },
          ],
        },
      },
    },
  };
}

export function role(name: string): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
  };
}

export function roleBinding(name: string, ofRole: string): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Role',
      name: ofRole,
    },
    subjects: [
      { kind: 'User', name: 'reader', apiGroup: 'rbac.authorization.k8s.io' },
    ],
  };
}

/** A definition of a kind `Bet`, in a group that is the scenario's own. */
export function definition(group: string): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `bets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        plural: 'bets',
        singular: 'bet',
        kind: 'Bet',
        listKind: 'BetList',
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  properties: {
                    stake: { type: 'integer', default: 1, minimum: 1 },
                    odds: { type: 'string' },
                  },
                  'x-kubernetes-validations': [
                    {
                      rule: 'self.stake <= 100',
                      message: 'a stake is at most 100',
                    },
                  ],
                },
                status: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                },
              },
            },
          },
        },
      ],
    },
  };
}

export function bet(
  group: string,
  name: string,
  spec: Record<string, unknown> = { odds: '2.5' },
): KubernetesObject {
  return { apiVersion: `${group}/v1`, kind: 'Bet', metadata: { name }, spec };
}

export function namespaceObject(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export function withMetadata(
  object: KubernetesObject,
  metadata: Partial<KubernetesObject['metadata']>,
): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}
