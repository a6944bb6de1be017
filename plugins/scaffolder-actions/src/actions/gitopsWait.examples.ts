import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait until Flux or Argo CD has delivered a commit',
    example: stringify({
      steps: [
        {
          id: 'delivered',
          name: 'Wait until it is delivered',
          action: 'gitops:wait',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            name: 'odds-api',
            commit: '0123456789abcdef0123456789abcdef01234567',
            timeoutSeconds: 300,
          },
        },
      ],
    }),
  },
  {
    description: 'Wait until Flux or Argo CD has removed a service',
    example: stringify({
      steps: [
        {
          id: 'gone',
          name: 'Wait until it is gone',
          action: 'gitops:wait',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            name: 'odds-api',
            until: 'removed',
            objects: [
              {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
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
