import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Say what to run for the manifests of a published repository',
    example: stringify({
      steps: [
        {
          id: 'instructions',
          name: 'Say what to run',
          action: 'delivery:instructions',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            repositoryUrl: 'https://git.example.com/sportsbook/odds-api.git',
            sourcePath: './service',
            path: 'k8s',
          },
        },
      ],
    }),
  },
];
