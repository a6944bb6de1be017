import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait for everything that was applied',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait',
          action: 'kubernetes:wait',
          input: {
            cluster: 'dev',
            objects: '${{ steps.apply.output.objects }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Wait two minutes for one Deployment',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait',
          action: 'kubernetes:wait',
          input: {
            cluster: 'dev',
            objects: [
              {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                name: 'odds-api',
                namespace: 'betting',
              },
            ],
            timeoutSeconds: 120,
          },
        },
      ],
    }),
  },
  {
    description: 'Give up as soon as one object has failed',
    example: stringify({
      steps: [
        {
          id: 'wait',
          name: 'Wait',
          action: 'kubernetes:wait',
          input: {
            cluster: 'dev',
            objects: '${{ steps.apply.output.objects }}',
            failFast: true,
          },
        },
      ],
    }),
  },
];
