import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { createFetchHandlebarsAction } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/actions/fetchHandlebars';
import { autoscaledService } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledService';
import { TemplateRun, dryRunTemplate } from '../../testing/dryRunTemplate';
import { readTemplate } from './readTemplate';

/** Outputs of the actions that reach outside; their own tests are elsewhere. */
export const OUTPUTS: Record<string, JsonObject> = {
  'kubernetes:apply': {
    objects: [{ apiVersion: 'v1', kind: 'Service', name: 'odds' }],
    changeSet: [{ action: 'created' }],
    counts: '9 created',
    summary: '| object | action |',
  },
  'delivery:describe': { type: 'apply', isGitOps: false },
  'git:check': {},
  'publish:image': {
    image: 'registry.example.com/sportsbook/odds@sha256:1111',
    imageDigest: 'sha256:1111',
  },
  'kubernetes:wait': { statuses: [] },
  'scaling:verify': {
    serviceUrl: 'http://10.0.0.1:30901',
    prometheusUrl: 'http://10.0.0.1:30900',
  },
  'publish:gitea': {
    remoteUrl: 'http://git.example.com/sportsbook/odds.git',
    commitHash: 'c0ffee',
    repoContentsUrl: 'http://git.example.com/sportsbook/odds/src/branch/main/',
  },
  'publish:github': {
    remoteUrl: 'https://github.com/sportsbook/odds.git',
    repoContentsUrl: 'https://github.com/sportsbook/odds/blob/main',
  },
};

/** Dry-runs template.yaml with these answers; `fetch:handlebars` runs as it is. */
export async function runTemplate(options: {
  answers: JsonObject;
  /** `scaffolder.defaultEnvironment.parameters` */
  environment?: JsonObject;
  /** In place of, or beside, those of {@link OUTPUTS}. */
  outputs?: Record<string, JsonObject>;
}): Promise<TemplateRun> {
  return dryRunTemplate({
    ...options,
    template: await readTemplate(),
    outputs: { ...OUTPUTS, ...options.outputs },
    actions: [
      createFetchHandlebarsAction({
        skeletons: [autoscaledService],
        urlReader: mockServices.urlReader.mock(),
      }),
    ],
  });
}
