import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCases } from '../tests/readCases';
import { renderCase } from '../tests/renderCase';

/** YAML and npm both could stumble over this one. */
const CASE = 'named-true';

const COMMANDS = [
  ['ci', '--ignore-scripts'],
  ['run', 'typecheck'],
  ['test'],
  ['run', 'build'],
];

/** Runs npm in the rendered repository, which must not see this one. */
function npm(directory: string, args: string[]): Promise<void> {
  // npm of an outer script hands its own settings down in the environment.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(package|lifecycle|execpath)/.test(name),
    ),
  );
  return new Promise((resolve, reject) => {
    execFile(
      'npm',
      args,
      {
        cwd: directory,
        env: { ...environment, CI: 'true' },
        maxBuffer: 16 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error) {
          reject(
            new Error(
              `'npm ${args.join(
                ' ',
              )}' failed in the repository rendered from case '${CASE}':\n${stdout}${stderr}`,
            ),
          );
        } else {
          resolve();
        }
      },
    );
  });
}

/** A rendered repository stands alone: it installs, passes its own tests and builds. */
async function main(): Promise<void> {
  const found = (await readCases()).find(({ name }) => name === CASE);
  if (found === undefined) {
    throw new Error(`There is no case '${CASE}' any more; choose another here`);
  }
  const directory = await fs.mkdtemp(join(tmpdir(), 'sportsbook-rendered-'));
  try {
    for (const { path, content } of await renderCase(found.values)) {
      await fs.mkdir(dirname(join(directory, path)), { recursive: true });
      await fs.writeFile(join(directory, path), content);
    }
    for (const args of COMMANDS) {
      const started = Date.now();
      await npm(directory, args);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`npm ${args.join(' ')}: ${seconds} s\n`);
    }
    await fs.access(join(directory, 'dist', 'server.js'));
  } finally {
    await fs.rm(directory, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
