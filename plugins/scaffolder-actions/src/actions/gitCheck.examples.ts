import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'See that a name is free before anything is built',
    example: stringify({
      steps: [
        {
          id: 'checkRepository',
          name: 'Check the name',
          action: 'git:check',
          input: {
            type: 'gitea',
            host: 'git.example.org',
            owner: 'trading',
            name: 'odds-api',
          },
        },
      ],
    }),
  },
];
