import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Where a service of the user lives, before a template changes it',
    example: stringify({
      steps: [
        {
          id: 'service',
          name: 'Look the service up',
          action: 'service:describe',
          input: {
            entityRef: 'component:default/odds-api',
            confirmedName: 'odds-api',
          },
        },
      ],
    }),
  },
];
