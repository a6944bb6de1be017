import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Make a repository read-only',
    example: stringify({
      steps: [
        {
          id: 'archive',
          name: 'Archive the repository',
          action: 'repository:archive',
          input: { repoUrl: 'git.example.org?owner=sportsbook&repo=odds-api' },
        },
      ],
    }),
  },
];
