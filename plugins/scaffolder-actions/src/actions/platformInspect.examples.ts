import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Show what a cluster has of operator, KEDA and Prometheus',
    example: stringify({
      steps: [
        {
          id: 'inspect',
          name: 'Look at the cluster',
          action: 'platform:inspect',
          input: { cluster: 'dev' },
        },
      ],
    }),
  },
  {
    description: 'Fail unless services can scale on the cluster',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check the cluster',
          action: 'platform:inspect',
          input: { cluster: 'dev', requireReady: true },
        },
      ],
    }),
  },
];
