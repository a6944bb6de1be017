import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { createFetchHandlebarsAction } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/actions/fetchHandlebars';
import { autoscaledService } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledService';
import { readTemplate } from './readTemplate';

/** Outputs of the actions that reach outside; their own tests are elsewhere. */
export const OUTPUTS: Record<string, JsonObject> = {
  'kubernetes:apply': {
    objects: [{ apiVersion: 'v1', kind: 'Service', name: 'odds' }],
    changeSet: [{ action: 'created' }],
    summary: '| object | action |',
  },
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
    repoContentsUrl: 'http://git.example.com/sportsbook/odds/src/branch/main/',
  },
  'publish:github': {
    remoteUrl: 'https://github.com/sportsbook/odds.git',
    repoContentsUrl: 'https://github.com/sportsbook/odds/blob/main',
  },
};

/** A run of the template by the scaffolder itself. */
export interface TemplateRun {
  /** Steps that ran, in order, with their inputs as the scaffolder rendered them. */
  steps: { id: string; action: string; input: unknown }[];
  output: JsonObject;
  /** Text of the rendered manifest, as the last step left it. */
  file(path: string): string | undefined;
}

const recordedActions = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'recorded-actions',
  register({ registerInit }) {
    registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(
          createFetchHandlebarsAction({
            skeletons: [autoscaledService],
            urlReader: mockServices.urlReader.mock(),
          }),
          ...Object.entries(OUTPUTS).map(([id, output]) =>
            createTemplateAction({
              id,
              supportsDryRun: true,
              async handler(context) {
                for (const [name, value] of Object.entries(output)) {
                  context.output(name, value);
                }
              },
            }),
          ),
        );
      },
    });
  },
});

const RUN_MESSAGE =
  /Running (\S+) in dry-run mode with inputs \(secrets redacted\): ([\s\S]*)$/;

/**
 * Dry-runs template.yaml in a real scaffolder backend with these answers.
 *
 * The scaffolder leaves timers behind when it stops; hence `forceExit` in this
 * package's jest settings.
 */
export async function runTemplate(options: {
  answers: JsonObject;
  /** `scaffolder.defaultEnvironment.parameters` */
  environment?: JsonObject;
}): Promise<TemplateRun> {
  const { answers, environment } = options;
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      recordedActions,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://127.0.0.1' },
          integrations: {
            gitea: [{ host: 'git.example.com', username: 'u', password: 'p' }],
          },
          scaffolder: {
            defaultEnvironment: environment && { parameters: environment },
          },
        },
      }),
    ],
  });
  try {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          template: await readTemplate(),
          values: answers,
          directoryContents: [],
        }),
      },
    );
    const body = await response.json();
    if (!response.ok) {
      throw new Error(JSON.stringify(body));
    }
    return {
      steps: stepsOf(body.log),
      output: body.output,
      file: path => {
        const found = body.directoryContents.find(
          (file: { path: string }) => file.path === path,
        );
        return found && Buffer.from(found.base64Content, 'base64').toString();
      },
    };
  } finally {
    await backend.stop();
  }
}

function stepsOf(
  log: { body: { stepId?: string; message: string } }[],
): TemplateRun['steps'] {
  return log.flatMap(({ body }) => {
    const match = RUN_MESSAGE.exec(body.message);
    return match && body.stepId
      ? [{ id: body.stepId, action: match[1], input: JSON.parse(match[2]) }]
      : [];
  });
}
