import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../setup/paths.mjs';

const MODULE = `exports.fail = () => { throw new Error('here'); };
let count = 0;
exports.next = () => (count += 1);
exports.isOwn = value => value instanceof Array;
`;
const IMPORTING = "exports.load = () => import('./other.mjs');\n";
const SUITE = `
const { fail, isOwn, next } = require('./module');
const { load } = require('./importing');
it('keeps state to itself', () => {
  expect(next()).toBe(1);
  expect(isOwn([])).toBe(true);
});
it('names the place of an error', () => {
  expect(fail).toThrow(expect.objectContaining({
    stack: expect.stringContaining('module.js:1:${
      MODULE.indexOf('new Error') + 1
    }'),
  }));
});
it('imports what is imported when it is needed', async () => {
  expect((await load()).answer).toBe(42);
});
it('says where code is wrong', () => {
  expect(() => require('./broken')).toThrow(SyntaxError);
});
`;

const directory = mkdtempSync(join(tmpdir(), 'caching-runtime-'));
let report;

before(() => {
  const files = {
    'module.js': MODULE,
    'importing.js': IMPORTING,
    'other.mjs': 'export const answer = 42;\n',
    'broken.js': 'const = 1;\n',
    'first.test.js': SUITE,
    'second.test.js': SUITE,
    'jest.config.json': JSON.stringify({
      runtime: join(root, 'scripts/jest/CachingRuntime.cjs'),
      extensionsToTreatAsEsm: ['.mts'],
      transform: {},
    }),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), text);
  }
  const output = join(directory, 'report.json');
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--config=jest.config.json',
      '--runInBand',
      '--json',
      `--outputFile=${output}`,
    ],
    { cwd: directory, timeout: 120_000 },
  );
  report = JSON.parse(readFileSync(output, 'utf8'));
});

after(() => rmSync(directory, { recursive: true, force: true }));

for (const title of [
  'keeps state to itself',
  'names the place of an error',
  'imports what is imported when it is needed',
  'says where code is wrong',
]) {
  test(`each of two suites that share a worker ${title}`, () => {
    const results = report.testResults
      .flatMap(suite => suite.assertionResults)
      .filter(result => result.title === title);
    assert.deepEqual(
      results.map(({ status, failureMessages }) => [status, failureMessages]),
      [
        ['passed', []],
        ['passed', []],
      ],
    );
  });
}
