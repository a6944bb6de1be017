import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Remove every image of a service from the registry',
    example: stringify({
      steps: [
        {
          id: 'image',
          name: 'Remove the images',
          action: 'image:delete',
          input: { name: 'odds-api' },
        },
      ],
    }),
  },
  {
    description: 'Go on where the registry removes nothing',
    example: stringify({
      steps: [
        {
          id: 'image',
          name: 'Remove the images',
          action: 'image:delete',
          input: { name: 'odds-api', keepWhereUnsupported: true },
        },
      ],
    }),
  },
];
