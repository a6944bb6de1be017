import { promises as fs } from 'node:fs';
import {
  committed,
  GOLDEN_COMMAND,
  GOLDEN_DIRECTORY,
  GoldenFiles,
  readGolden,
} from './golden';
import { readCases } from './readCases';
import { readStaticFiles } from './readSkeleton';
import { renderCase } from './renderCase';

/** Jest's own message would show the difference and not what to do about it. */
function expectGolden(
  name: string,
  rendered: GoldenFiles,
  golden: GoldenFiles,
): void {
  try {
    expect(rendered).toEqual(golden);
  } catch (error) {
    throw new Error(
      `Case '${name}' renders otherwise than committed. If that is wanted, run: ${GOLDEN_COMMAND}\n${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

describe('the rendered repositories', () => {
  it('are those that are committed', async () => {
    const cases = await readCases();
    expect((await fs.readdir(GOLDEN_DIRECTORY)).sort()).toEqual(
      cases.map(({ name }) => name),
    );
    for (const { name, values } of cases) {
      const rendered = await committed(await renderCase(values));
      const golden = await readGolden(name);
      expectGolden(name, rendered, golden);
    }
  });

  it('hold the files without placeholders byte for byte, CI expressions included', async () => {
    const copied = await readStaticFiles();
    const rendered = await renderCase({
      name: 'odds',
      owner: 'group:default/trading',
      namespace: 'betting',
      cluster: 'dev',
    });
    const byPath = new Map(rendered.map(file => [file.path, file.content]));
    for (const [path, content] of copied) {
      expect({ path, same: byPath.get(path)?.equals(content) }).toEqual({
        path,
        same: true,
      });
    }
    expect(byPath.get('.github/workflows/ci.yaml')?.toString()).toContain(
      'cancel-in-progress: ${{ github.event_name',
    );
  });
});
