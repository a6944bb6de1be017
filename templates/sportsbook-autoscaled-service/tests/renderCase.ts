import {
  RenderedFile,
  renderTree,
} from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/handlebars';
import { autoscaledService } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledService';

/** Renders the repository exactly as `fetch:handlebars` does, writing nothing. */
export async function renderCase(values: unknown): Promise<RenderedFile[]> {
  return renderTree({
    directory: autoscaledService.directory,
    values: autoscaledService.parseValues(values),
  });
}
