import {
  RenderedFile,
  renderTree,
} from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/handlebars';
import {
  autoscaledService,
  autoscaledServiceIn,
} from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledService';
import { configuredServers } from './configuredServers';

/** Renders the repository exactly as `fetch:handlebars` does, writing nothing. */
export async function renderCase(values: unknown): Promise<RenderedFile[]> {
  const { directory } = autoscaledService;
  return renderTree({
    directory,
    values: autoscaledServiceIn(() => directory, {
      prometheusServersOf: configuredServers,
    }).parseValues(values),
  });
}
