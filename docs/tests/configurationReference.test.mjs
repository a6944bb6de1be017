import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  CONFIGURATION_PAGE,
  configurationReference,
} from '../generators/configurationReference.mjs';

test('the configuration page says what the config.d.ts of the packages say', async () => {
  assert.equal(
    readFileSync(CONFIGURATION_PAGE, 'utf8'),
    await configurationReference(),
    'run: node docs/generators/configurationReference.mjs',
  );
});
