import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { readTemplate } from './readTemplate';

/** Outputs of the actions; their own tests are elsewhere. */
export const OUTPUTS: Record<string, JsonObject> = {
  'platform:inspect': {
    report: { cluster: 'dev' },
    isReady: true,
    summary: '| KEDA | absent |',
  },
  'platform:install': {
    decisions: [{ component: 'keda', verdict: 'install' }],
    changeSet: [{ action: 'created' }],
    summary: '| object | created |',
  },
  'platform:remove': {
    changeSet: [{ action: 'deleted' }],
    summary: '| object | deleted |',
  },
};

/** A run of the template by the scaffolder itself. */
export interface TemplateRun {
  /** Steps that ran, in order, with their inputs as the scaffolder rendered them. */
  steps: { id: string; action: string; input: JsonObject }[];
  output: JsonObject;
}

const recordedActions = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'recorded-actions',
  register({ registerInit }) {
    registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(
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
export async function runTemplate(answers: JsonObject): Promise<TemplateRun> {
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      recordedActions,
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: 'http://127.0.0.1' } },
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
    return { steps: stepsOf(body.log), output: body.output };
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
