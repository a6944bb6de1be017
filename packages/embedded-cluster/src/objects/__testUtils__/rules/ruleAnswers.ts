import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RecordedRules } from './RecordedRules';

/** What a real server answered to the cases of this folder. */
export function ruleAnswers(): RecordedRules {
  const file = join(
    __dirname,
    '..',
    '..',
    '__fixtures__',
    'ruleAnswers.json.gz',
  );
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}
