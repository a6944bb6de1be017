import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Prove that a service scales on its request rate',
    example: stringify({
      steps: [
        {
          id: 'verify',
          name: 'Verify',
          action: 'scaling:verify',
          input: {
            cluster: 'dev',
            namespace: 'betting',
            scaledObject: 'odds',
          },
        },
      ],
    }),
  },
];
