import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Delete what the manifests of a folder describe',
    example: stringify({
      steps: [
        {
          id: 'delete',
          name: 'Delete',
          action: 'kubernetes:delete',
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
    description: 'Delete all that was applied as a set',
    example: stringify({
      steps: [
        {
          id: 'delete',
          name: 'Delete',
          action: 'kubernetes:delete',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            applySet: { name: 'odds-applyset' },
          },
        },
      ],
    }),
  },
  {
    description: 'Delete one ScaledObject',
    example: stringify({
      steps: [
        {
          id: 'delete',
          name: 'Delete',
          action: 'kubernetes:delete',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            objects: [
              {
                apiVersion: 'keda.sh/v1alpha1',
                kind: 'ScaledObject',
                name: 'odds-api',
                namespace: 'betting',
              },
            ],
          },
        },
      ],
    }),
  },
];
