import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { local } from './paths.mjs';
import { yarnScript } from './yarn.mjs';

/**
 * Puts `node` and `yarn` into `.local/bin`, for the programs that look for
 * them on the PATH and for people (`.local/bin/yarn dev`).
 *
 * @returns the environment with that folder first on the PATH
 */
export function provideTools(nodeBinary, environment) {
  const bin = join(local, 'bin');
  mkdirSync(bin, { recursive: true });
  replace(join(bin, 'node'), file => symlinkSync(nodeBinary, file));
  replace(join(bin, 'yarn'), file =>
    writeFileSync(
      file,
      `#!/bin/sh\nPATH=${quoted(bin)}:$PATH\nexport PATH\nexec node ${quoted(
        yarnScript,
      )} "$@"\n`,
      { mode: 0o755 },
    ),
  );
  return {
    ...environment,
    PATH: `${bin}${delimiter}${environment.PATH ?? ''}`,
  };
}

function replace(file, create) {
  const draft = `${file}.${process.pid}`;
  create(draft);
  renameSync(draft, file);
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
