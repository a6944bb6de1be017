import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuildMissing } from '../setup/build.mjs';
import { local, root } from '../setup/paths.mjs';
import { jestCounts, nodeTestCounts } from './counts.mjs';

const CLI = 'node_modules/@backstage/cli/bin/backstage-cli';
const TSC = 'node_modules/typescript/bin/tsc';
const PRETTIER = 'node_modules/prettier/bin-prettier.js';
const JEST = 'node_modules/jest/bin/jest.js';
const TSX = 'node_modules/tsx/dist/cli.mjs';
const DEPCRUISE = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';

/**
 * All that `npm test` checks, the quick checks first. Each step runs with
 * `runNode(script, args, options)`, which resolves with the lines of output and
 * the exit code, and returns counts; a check without tests counts as one.
 */
export const steps = [
  {
    name: 'format',
    title: 'Format',
    run: async ({ runNode }) => one(await runNode(PRETTIER, ['--check', '.'])),
  },
  {
    name: 'arrows',
    title: 'Arrows between packages',
    run: async ({ runNode }) =>
      one(
        await runNode(DEPCRUISE, [
          '--config',
          '.dependency-cruiser.cjs',
          'packages',
          'plugins',
        ]),
      ),
  },
  {
    name: 'types',
    title: 'Types',
    run: async ({ runNode }) =>
      one(await runNode(TSC, ['--noEmit', '--incremental', 'false'])),
  },
  {
    name: 'lint',
    title: 'Lint',
    run: async ({ runNode }) =>
      one(await runNode(CLI, ['repo', 'lint', '--max-warnings', '0'])),
  },
  {
    name: 'scripts',
    title: 'Tests of the scripts',
    run: context =>
      nodeTests(
        context,
        'scripts/tests',
        'packages/embedded-cluster/conformance/kubectl',
      ),
  },
  {
    name: 'docs',
    title: 'Tests of the documentation',
    run: context => nodeTests(context, 'docs/tests'),
  },
  {
    name: 'unit',
    title: 'Tests of packages and plugins',
    run: context =>
      jestTests(context, { script: CLI, args: ['repo', 'test'], id: 'unit' }),
  },
  {
    name: 'templates',
    title: 'Tests of the templates and their golden output',
    run: async context => {
      const counts = [];
      for (const name of readdirSync(join(root, 'templates'))) {
        const cwd = join(root, 'templates', name);
        if (existsSync(join(cwd, 'package.json'))) {
          counts.push(
            await jestTests(context, {
              script: JEST,
              args: [],
              cwd,
              id: `template-${name}`,
            }),
          );
        }
      }
      return sum(counts);
    },
  },
  {
    name: 'rendered',
    title: 'A generated repository: install, test, build',
    run: async ({ runNode }) =>
      one(
        await runNode(join(root, TSX), ['scripts/checkRendered.ts'], {
          cwd: join(root, 'templates/sportsbook-autoscaled-service'),
        }),
      ),
  },
  {
    name: 'page',
    title: 'Build of the page',
    run: async context => {
      if (isBuildMissing()) {
        await build(context);
      }
      return { passed: 1, failed: 0, skipped: 0 };
    },
  },
];

function one({ code }) {
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

async function nodeTests({ runNode }, ...folders) {
  const files = folders.flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(name => name.endsWith('.test.mjs'))
      .map(name => `${folder}/${name}`),
  );
  const { code, lines } = await runNode('--test', [
    // Repeats the failures at its end.
    '--test-reporter=spec',
    ...files,
  ]);
  return settled(nodeTestCounts(lines), code);
}

async function jestTests({ runNode }, { script, args, cwd = root, id }) {
  const report = join(local, 'logs', `jest-${id}.json`);
  rmSync(report, { force: true });
  const { code } = await runNode(
    join(root, script),
    [
      ...args,
      '--json',
      `--outputFile=${report}`,
      '--coverage=false',
      '--testTimeout=30000',
    ],
    {
      cwd,
      env: {
        // client-node is made of ES modules.
        NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
        CI: 'true',
      },
    },
  );
  const counts = existsSync(report)
    ? jestCounts(readFileSync(report, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 };
  return settled(counts, code);
}

// Neither a crash nor an empty run may look like success.
function settled(counts, code) {
  const broken = code !== 0 || counts.passed === 0;
  return broken && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Adds counts up. */
export function sum(all) {
  const total = key => all.reduce((count, each) => count + each[key], 0);
  return {
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
  };
}
