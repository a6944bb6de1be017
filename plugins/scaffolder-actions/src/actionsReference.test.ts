import { promises as fs } from 'node:fs';
import { resolve } from 'node:path';
import { actionsReference } from './__testUtils__/actionsReference';
import { startedActions } from './__testUtils__/startedActions';

const PAGE = resolve(__dirname, '../../../docs/reference/actions.md');

describe('docs/reference/actions.md', () => {
  // Written anew with: UPDATE_DOCS=1 yarn test actionsReference
  it('says what the schemas and examples of the actions say', async () => {
    const text = actionsReference(await startedActions({}));
    if (process.env.UPDATE_DOCS === '1') {
      await fs.writeFile(PAGE, text);
    }
    expect(await fs.readFile(PAGE, 'utf8')).toBe(text);
  });
});
