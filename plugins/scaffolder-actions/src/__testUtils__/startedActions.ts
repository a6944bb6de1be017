import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  TemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { scaffolderModuleSportsbookScaling } from '../module';

/** The actions that the module adds with this configuration. */
export async function startedActions(
  sportsbookScaling: JsonObject,
): Promise<TemplateAction[]> {
  const actions: TemplateAction[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        { addActions: (...added) => actions.push(...added) },
      ],
    ],
    features: [
      scaffolderModuleSportsbookScaling,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: { sportsbookScaling } }),
    ],
  });
  await backend.stop();
  return actions;
}
