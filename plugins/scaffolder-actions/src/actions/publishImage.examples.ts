import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const example = (description: string, input: object): TemplateExample => ({
  description,
  example: stringify({
    steps: [
      { id: 'image', name: 'Build the image', action: 'publish:image', input },
    ],
  }),
});

export const publishImageExamples: TemplateExample[] = [
  example("Builds the workspace's service for the nodes of a cluster.", {
    name: 'odds-api',
    cluster: 'dev',
  }),
  example('Builds a folder, with a tag and files beside the compiled ones.', {
    sourcePath: './service',
    name: 'odds-api',
    tag: '1.0.0',
    cluster: 'dev',
    include: ['dist', 'public'],
  }),
];
