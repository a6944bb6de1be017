import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyStep } from '../install/applyStep.mjs';
import { mergeConfig } from '../install/mergeConfig.mjs';
import { readInstallOptions } from '../install/options.mjs';
import { readGuide } from '../install/readGuide.mjs';
import { addResolutions } from '../pack/addResolutions.mjs';
import { readDockerfile } from '../production/readDockerfile.mjs';
import { root } from '../setup/paths.mjs';

const yaml = createRequire(import.meta.url)('yaml');
const guide = readFileSync(join(root, 'docs/install.md'), 'utf8');

function inFolder(files, use) {
  const folder = mkdtempSync(join(tmpdir(), 'install-test-'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return Promise.resolve(use(folder)).finally(() =>
    rmSync(folder, { recursive: true }),
  );
}

test('each frontend system has steps of its own in docs/install.md', () => {
  const kinds = system =>
    readGuide(guide, system).map(({ kind, file }) => `${kind} ${file ?? ''}`);
  assert.deepEqual(kinds('new'), [
    'run ',
    'insert packages/backend/src/index.ts',
    'merge app-config.yaml',
  ]);
  const old = kinds('old');
  assert.ok(old.includes('replace packages/app/src/App.tsx'));
  assert.ok(
    old.includes('insert packages/app/src/components/catalog/EntityPage.tsx'),
  );
});

test('docs/install.md names every form field of the old frontend system', () => {
  const source = readFileSync(
    join(root, 'plugins/sportsbook-scaling/src/legacy/formFields.ts'),
    'utf8',
  );
  const names = [...source.matchAll(/export const (\w+FieldExtension)\b/g)].map(
    match => match[1],
  );
  assert.ok(names.length > 0);
  assert.deepEqual(
    names.filter(name => !guide.includes(`<${name} />`)),
    [],
  );
});

test('a block that no sentence explains is refused', () => {
  assert.throws(
    () => readGuide('Some words.\n\n```sh\nrm -rf /\n```\n', 'new'),
    /line 3; above it stands: Some words\./,
  );
});

test('a block without an end is refused', () => {
  assert.throws(() => readGuide('Run:\n\n```sh\nls\n', 'new'), /has no end/);
});

test('lines go above the one that is named, or below the first such one', () =>
  inFolder({ 'a.ts': 'one\n  two\nthree\n  two\n' }, async app => {
    const follow = step =>
      applyStep({ kind: 'insert', file: 'a.ts', line: 1, ...step }, { app });
    await follow({ before: 'three', code: 'new' });
    await follow({ after: 'two', code: 'newer' });
    assert.equal(
      readFileSync(join(app, 'a.ts'), 'utf8'),
      'one\n  two\nnewer\nnew\nthree\n  two\n',
    );
  }));

test('what a guide speaks of has to be there, and only once', () =>
  inFolder({ 'a.ts': 'one\none\n' }, async app => {
    const step = { kind: 'replace', file: 'a.ts', line: 7, code: 'x' };
    await assert.rejects(
      applyStep({ ...step, anchor: 'two' }, { app }),
      /Line 7 .* `two`, which is not in a\.ts/,
    );
    await assert.rejects(
      applyStep({ ...step, anchor: 'one' }, { app }),
      /more than once/,
    );
  }));

test('configuration is merged as a person does it', () =>
  inFolder(
    { 'app-config.yaml': 'a:\n  list: [1]\n  keep: x\nb:\n' },
    async app => {
      await applyStep(
        {
          kind: 'merge',
          file: 'app-config.yaml',
          line: 1,
          code: 'a:\n  list: [2]\nb:\n  c: 3',
        },
        { app, yaml },
      );
      assert.deepEqual(
        yaml.parse(readFileSync(join(app, 'app-config.yaml'), 'utf8')),
        { a: { list: [1, 2], keep: 'x' }, b: { c: 3 } },
      );
    },
  ));

test('a value of another kind takes the place of the old one', () => {
  assert.deepEqual(mergeConfig({ a: [1] }, { a: 'text' }), { a: 'text' });
});

test('packed packages are named in the resolutions, beside those that are there', () =>
  inFolder(
    { 'package.json': '{"workspaces": ["a"], "resolutions": {"x": "1"}}' },
    app => {
      addResolutions(app, 'vendor', [{ name: '@s/p', file: 'p.tgz' }]);
      assert.deepEqual(
        JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')).resolutions,
        { x: '1', '@s/p': 'file:./vendor/p.tgz' },
      );
    },
  ));

test('only the root of a Backstage gets packages', () =>
  inFolder({ 'package.json': '{}' }, app => {
    assert.throws(
      () => addResolutions(app, 'vendor', []),
      /is not the root of a workspace/,
    );
  }));

test('verify:install knows two frontend systems', () => {
  assert.equal(readInstallOptions([]).system, 'new');
  assert.equal(readInstallOptions(['--system', 'old']).system, 'old');
  assert.throws(() => readInstallOptions(['--system', 'x']), /new or old/);
  assert.throws(() => readInstallOptions(['--sistem', 'x']));
});

test('the image is run by an account without rights, in production mode', () => {
  const stages = readDockerfile(
    readFileSync(join(root, 'packages/backend/Dockerfile'), 'utf8'),
  );
  const steps = stages.at(-1).steps;
  const of = instruction =>
    steps.filter(step => step.instruction === instruction);
  assert.equal(of('USER').at(-1).text, 'node');
  assert.ok(of('ENV').some(({ text }) => text === 'NODE_ENV=production'));
  assert.ok(
    JSON.parse(of('CMD')[0].text).includes('app-config.production.yaml'),
  );
  // Sources and built-in helpers stay in the stage that builds.
  assert.deepEqual(
    of('COPY').map(({ flags }) => flags.from),
    ['build'],
  );
});

test('the image has no built-in git host and no embedded cluster', () => {
  const { dependencies } = JSON.parse(
    readFileSync(join(root, 'packages/backend/package.json'), 'utf8'),
  );
  assert.deepEqual(
    Object.keys(dependencies).filter(name =>
      /git-host|embedded-cluster/.test(name),
    ),
    [],
  );
});

test('the production configuration has no guest and no file database', () => {
  const config = yaml.parse(
    readFileSync(join(root, 'app-config.production.yaml'), 'utf8'),
  );
  assert.deepEqual(Object.keys(config.auth.providers), ['oidc']);
  assert.equal(config.backend.database.client, 'pg');
  assert.deepEqual(config.sportsbookScaling.apply.rules, []);
});
