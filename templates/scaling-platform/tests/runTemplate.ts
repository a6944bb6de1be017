import { JsonObject } from '@backstage/types';
import { TemplateRun, dryRunTemplate } from '../../testing/dryRunTemplate';
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

/** Dry-runs template.yaml with these answers. */
export async function runTemplate(answers: JsonObject): Promise<TemplateRun> {
  return dryRunTemplate({
    template: await readTemplate(),
    answers,
    outputs: OUTPUTS,
  });
}
