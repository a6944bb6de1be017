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
];
