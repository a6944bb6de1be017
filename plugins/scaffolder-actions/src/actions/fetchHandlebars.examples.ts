import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const example = (description: string, input: object): TemplateExample => ({
  description,
  example: stringify({
    steps: [
      { id: 'render', name: 'Render', action: 'fetch:handlebars', input },
    ],
  }),
});

export const fetchHandlebarsExamples: TemplateExample[] = [
  example('Renders an installed skeleton into the workspace.', {
    skeleton: 'sportsbook-autoscaled-service',
    values: {
      name: 'odds-api',
      owner: 'group:default/trading',
      namespace: 'betting',
      cluster: 'dev',
    },
  }),
  example('Renders a folder of a repository, overwriting what is there.', {
    url: 'https://github.com/example/skeletons/tree/main/service',
    values: { name: 'odds-api' },
    targetPath: './service',
    replace: true,
  }),
];
