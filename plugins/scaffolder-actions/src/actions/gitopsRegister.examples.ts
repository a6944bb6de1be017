import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Tell Flux or Argo CD of a repository that was just published',
    example: stringify({
      steps: [
        {
          id: 'handOver',
          name: 'Tell the cluster of the repository',
          action: 'gitops:register',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            name: 'odds-api',
            repositoryUrl: 'https://git.example.com/sportsbook/odds-api.git',
          },
        },
      ],
    }),
  },
  {
    description: 'See before anything is built whether it could be registered',
    example: stringify({
      steps: [
        {
          id: 'planDelivery',
          name: 'See that the cluster can be told',
          action: 'gitops:register',
          input: {
            cluster: 'prod',
            namespace: 'betting',
            name: 'odds-api',
            plan: true,
          },
        },
      ],
    }),
  },
];
