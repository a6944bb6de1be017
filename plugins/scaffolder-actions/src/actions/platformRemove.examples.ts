import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Show what would be removed, and what still needs it',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan',
          action: 'platform:remove',
          input: { cluster: 'dev', confirmCluster: 'dev', plan: true },
        },
      ],
    }),
  },
  {
    description: 'Remove what platform:install has made, while nobody needs it',
    example: stringify({
      steps: [
        {
          id: 'remove',
          name: 'Remove',
          action: 'platform:remove',
          input: { cluster: 'dev', confirmCluster: 'dev' },
        },
      ],
    }),
  },
];
