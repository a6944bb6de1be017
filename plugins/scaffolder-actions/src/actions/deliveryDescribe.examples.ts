import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Branch on how a cluster takes services',
    example: stringify({
      steps: [
        {
          id: 'delivery',
          name: 'Look up how the cluster takes services',
          action: 'delivery:describe',
          input: { cluster: 'dev' },
        },
      ],
    }),
  },
];
