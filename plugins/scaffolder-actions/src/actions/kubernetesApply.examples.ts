import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Show what would change, and change nothing',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan',
          action: 'kubernetes:apply',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            sources: [{ path: './k8s' }],
            plan: true,
          },
        },
      ],
    }),
  },
  {
    description: 'Apply the manifests of a folder',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Apply',
          action: 'kubernetes:apply',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            sources: [{ path: './k8s' }],
          },
        },
      ],
    }),
  },
  {
    description:
      'Apply a pinned release manifest that writes to two namespaces',
    example: stringify({
      steps: [
        {
          id: 'keda',
          name: 'Install KEDA',
          action: 'kubernetes:apply',
          input: {
            cluster: 'dev',
            namespace: 'keda',
            otherNamespaces: ['kube-system'],
            sources: [
              {
                url: 'https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2.yaml',
                sha256:
                  'ef09c2eafd4e0deb277175bcf35076a0602910920340f975e62438cd2e1c5de1',
              },
            ],
          },
        },
      ],
    }),
  },
  {
    description: 'Make the namespace from the settings of the cluster',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Apply',
          action: 'kubernetes:apply',
          input: {
            cluster: 'dev',
            namespace: 'team-odds',
            createNamespace: true,
            sources: [{ path: './k8s' }],
          },
        },
      ],
    }),
  },
  {
    description:
      'Take one field over from its owner, and all that kubectl apply wrote',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Apply',
          action: 'kubernetes:apply',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            sources: [{ path: './k8s' }],
            forceConflicts: [
              {
                ref: {
                  apiVersion: 'apps/v1',
                  kind: 'Deployment',
                  name: 'odds',
                },
                fields: ['.spec.template.spec.containers'],
              },
            ],
            migrateFrom: ['kubectl-client-side-apply'],
          },
        },
      ],
    }),
  },
  {
    description:
      'Apply a set, and remove what an earlier apply of it made and the manifests lack',
    example: stringify({
      steps: [
        {
          id: 'apply',
          name: 'Apply',
          action: 'kubernetes:apply',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            sources: [{ path: './k8s' }],
            applySet: {
              name: 'odds-applyset',
              entityRef: 'component:default/odds',
            },
            prune: true,
            onFailure: 'rollback',
          },
        },
      ],
    }),
  },
];
