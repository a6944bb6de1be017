import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Show what would be installed or upgraded, and change nothing',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan',
          action: 'platform:install',
          input: { cluster: 'dev', plan: true },
        },
      ],
    }),
  },
  {
    description: 'Install what is missing of operator and KEDA',
    example: stringify({
      steps: [
        {
          id: 'install',
          name: 'Install',
          action: 'platform:install',
          input: { cluster: 'dev' },
        },
      ],
    }),
  },
  {
    description:
      'Run a Prometheus operator for one namespace, without cluster roles',
    example: stringify({
      steps: [
        {
          id: 'install',
          name: 'Install',
          action: 'platform:install',
          input: { cluster: 'dev', scope: 'namespace', namespace: 'betting' },
        },
      ],
    }),
  },
];
