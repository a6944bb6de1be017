import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Take a service out of the catalog',
    example: stringify({
      steps: [
        {
          id: 'unregister',
          name: 'Take it out of the catalog',
          action: 'catalog:unregister',
          input: { entityRef: 'component:default/odds-api' },
        },
      ],
    }),
  },
];
