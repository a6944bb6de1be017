import { promises as fs } from 'node:fs';
import { committed, GOLDEN_DIRECTORY, writeGolden } from '../tests/golden';
import { readCases } from '../tests/readCases';
import { renderCase } from '../tests/renderCase';

/** Renders all cases again and writes what is committed of them. */
async function main(): Promise<void> {
  await fs.rm(GOLDEN_DIRECTORY, { recursive: true, force: true });
  for (const { name, values } of await readCases()) {
    const files = await committed(await renderCase(values));
    await writeGolden(name, files);
    process.stdout.write(`${name}: ${Object.keys(files).length} files\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
