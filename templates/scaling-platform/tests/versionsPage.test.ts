import { readFileSync } from 'node:fs';
import { VERSIONS_PAGE, versionsPage } from './versionsPage';

describe('docs/reference/platform-versions.md', () => {
  it('says what the code does; write it again with yarn versions', () => {
    expect(readFileSync(VERSIONS_PAGE, 'utf8')).toBe(versionsPage());
  });
});
