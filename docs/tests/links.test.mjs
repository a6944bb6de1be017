import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const skipped = new Set([
  'node_modules',
  '.git',
  '.local',
  'dist',
  'dist-types',
  'golden',
  'skeleton',
  'results',
]);

function markdownFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(
    entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return skipped.has(entry.name) ? [] : markdownFiles(path);
      }
      return entry.name.endsWith('.md') ? [path] : [];
    },
  );
}

const scripts = {
  ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts,
  ...generatedScripts(),
};

/** Scripts of the repository that the template generates: docs speak of both. */
function generatedScripts() {
  const text = readFileSync(join(root, 'skeleton/package.json.hbs'), 'utf8');
  const [, body] = /"scripts": (\{[^}]*\})/.exec(text);
  return JSON.parse(body);
}

for (const file of markdownFiles('.')) {
  const text = readFileSync(join(root, file), 'utf8');

  test(`relative links of ${file} lead somewhere`, () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(match => match[1].split('#')[0])
      .filter(target => target !== '' && !/^[a-z]+:/.test(target));
    assert.deepEqual(
      targets.filter(target => !existsSync(join(root, dirname(file), target))),
      [],
    );
  });

  test(`npm and yarn scripts that ${file} names exist`, () => {
    const named = [...text.matchAll(/\bnpm run ([a-z0-9:-]+)/g)].map(
      match => match[1],
    );
    assert.deepEqual(
      named.filter(name => !(name in scripts)),
      [],
    );
  });
}
