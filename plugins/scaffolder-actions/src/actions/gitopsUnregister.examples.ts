import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Take a service away from Flux or Argo CD, and wait',
    example: stringify({
      steps: [
        {
          id: 'takeAway',
          name: 'Take it away from Flux or Argo CD',
          action: 'gitops:unregister',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            name: 'odds-api',
            repositoryUrl: 'https://git.example.com/sportsbook/odds-api.git',
          },
        },
        {
          id: 'gone',
          name: 'Wait until it is gone',
          action: 'gitops:wait',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            name: 'odds-api',
            until: 'removed',
          },
        },
      ],
    }),
  },
];
