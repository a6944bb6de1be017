import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(
    entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === 'node_modules' || entry.name === 'dist'
          ? []
          : sources(path);
      }
      return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.')
        ? [path]
        : [];
    },
  );
}

const classes = new Set(
  ['plugins', 'packages']
    .flatMap(sources)
    .flatMap(path =>
      [
        ...readFileSync(join(root, path), 'utf8').matchAll(
          /^export class (\w+Error) extends /gm,
        ),
      ].map(match => match[1]),
    ),
);

const documented = new Set(
  [
    ...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(
      /^\| `(\w+Error)` *\|/gm,
    ),
  ].map(match => match[1]),
);

test('every exported error class has a row in docs/errors.md', () => {
  assert.ok(classes.size > 0, 'no error class was found');
  assert.deepEqual(
    [...classes].filter(name => !documented.has(name)),
    [],
  );
});

test('every row in docs/errors.md names an error class that exists', () => {
  assert.deepEqual(
    [...documented].filter(name => !classes.has(name)),
    [],
  );
});
