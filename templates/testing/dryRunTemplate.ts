import {
  UrlReaderService,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import {
  ScaffolderActionsExtensionPoint,
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';

/** A run of a template by the scaffolder itself. */
export interface TemplateRun {
  /** Steps that ran, in order, with their inputs as the scaffolder rendered them. */
  steps: { id: string; action: string; input: JsonObject }[];
  output: JsonObject;
  /** Text of a file of the workspace, as the last step left it. */
  file(path: string): string | undefined;
}

type Actions = Parameters<ScaffolderActionsExtensionPoint['addActions']>;

const RUN_MESSAGE =
  /Running (\S+) in dry-run mode with inputs \(secrets redacted\): ([\s\S]*)$/;

/**
 * Dry-runs a template in a real scaffolder backend.
 *
 * The scaffolder leaves timers behind when it stops; hence `forceExit` in the
 * jest settings of those who call this.
 */
export async function dryRunTemplate(options: {
  template: TemplateEntityV1beta3;
  answers: JsonObject;
  /** Outputs by id of the actions that reach outside; their own tests are elsewhere. */
  outputs: Record<string, JsonObject>;
  /** What the scaffolder's own fetching actions read from; default: nothing. */
  urlReader?: UrlReaderService;
  /** Actions that run as they are. */
  actions?: Actions;
  /** `scaffolder.defaultEnvironment.parameters` */
  environment?: JsonObject;
}): Promise<TemplateRun> {
  const { template, answers, environment, outputs } = options;
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      actionsModule(options.actions ?? [], outputs),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {},
        factory: () => options.urlReader ?? mockServices.urlReader.mock(),
      }),
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
          template,
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

function actionsModule(actual: Actions, outputs: Record<string, JsonObject>) {
  return createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'recorded-actions',
    register({ registerInit }) {
      registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            ...actual,
            ...Object.entries(outputs).map(([id, output]) =>
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
