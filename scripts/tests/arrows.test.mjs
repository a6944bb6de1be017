import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../setup/paths.mjs';

/** Cruises a tree of these files with the project's own rules. */
function cruise(files) {
  const tree = mkdtempSync(join(tmpdir(), 'arrows-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    for (const file of [
      '.dependency-cruiser.cjs',
      'tsconfig.json',
      'package.json',
    ]) {
      copyFileSync(join(root, file), join(tree, file));
    }
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(
          root,
          'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
        ),
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'packages',
        'plugins',
      ],
      { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    assert.ok(stdout, stderr);
    return JSON.parse(stdout).summary.violations;
  } finally {
    rmSync(tree, { recursive: true });
  }
}

const common = 'plugins/sportsbook-scaling-common/src';
const node = 'plugins/sportsbook-scaling-node/src';
const frontend = 'plugins/sportsbook-scaling/src';
const routes = 'plugins/sportsbook-scaling-backend/src';
const cluster = 'packages/embedded-cluster/src';
const actions = 'plugins/scaffolder-actions/src';
const cli = 'packages/cli/src';

const value = 'export const a = 1;';
const importing = path => `import { a } from '${path}'; export const b = a;`;

// What the architecture draws.
const ALLOWED = {
  [`${common}/names.ts`]: value,
  [`${node}/model/ChangeSet.ts`]: importing(
    '../../../sportsbook-scaling-common/src/names',
  ),
  [`${node}/errors/ApplyFailedError.ts`]: importing('../model/ChangeSet'),
  [`${node}/ports/KubernetesClient.ts`]: importing(
    '../errors/ApplyFailedError',
  ),
  [`${node}/kubernetes/KubeConfigClient.ts`]:
    "import { KubeConfig } from '@kubernetes/client-node'; export const a = KubeConfig;",
  [`${node}/kubernetes/RestKubernetesClient.ts`]: importing(
    '../ports/KubernetesClient',
  ),
  [`${node}/apply/applyManifests.ts`]: importing('../ports/KubernetesClient'),
  [`${routes}/plugin.ts`]: importing(
    '../../sportsbook-scaling-node/src/apply/applyManifests',
  ),
  [`${cli}/runInvocation.ts`]: importing(
    '../../../plugins/sportsbook-scaling-node/src/apply/applyManifests',
  ),
  [`${cluster}/model/Clock.ts`]: value,
  [`${cluster}/fields/merge.ts`]: importing('../model/Clock'),
  [`${cluster}/objects/store.ts`]: importing('../fields/merge'),
  [`${cluster}/startEmbeddedCluster.ts`]: importing('./objects/store'),
  [`${frontend}/hooks/useA.ts`]: importing('../api/a'),
  [`${frontend}/api/a.ts`]: importing(
    '../../../sportsbook-scaling-common/src/names',
  ),
};

// By the rule that each case breaks.
const CASES = {
  'no-cycles': {
    [`${node}/one.ts`]:
      "import { two } from './two'; export const one = () => two;",
    [`${node}/two.ts`]:
      "import { one } from './one'; export const two = () => one;",
  },
  resolvable: { [`${node}/a.ts`]: importing('./nowhere') },
  'common-imports-no-room': {
    [`${common}/a.ts`]: importing('../../sportsbook-scaling-node/src/a'),
    [`${node}/a.ts`]: value,
  },
  'common-is-isomorphic': {
    [`${common}/a.ts`]:
      "import { join } from 'node:path'; export const a = join;",
  },
  'common-is-pure': {
    [`${common}/a.ts`]: "import { memo } from 'react'; export const a = memo;",
  },
  'node-imports-common-only': {
    [`${node}/b.ts`]: importing('../../sportsbook-scaling-backend/src/a'),
    [`${routes}/a.ts`]: value,
  },
  'tests-of-node-run-on-the-embedded-cluster': {
    [`${node}/b.test.ts`]: importing('../../sportsbook-scaling-backend/src/a'),
    [`${routes}/a.ts`]: value,
  },
  'frontend-imports-common-only': {
    [`${frontend}/b.ts`]: importing('../../sportsbook-scaling-node/src/a'),
    [`${node}/a.ts`]: value,
  },
  'frontend-has-no-node': {
    [`${frontend}/a.ts`]:
      "import { join } from 'node:path'; export const a = join;",
  },
  'app-imports-frontend-only': {
    'packages/app/src/App.tsx': importing(
      '../../../plugins/sportsbook-scaling-common/src/a',
    ),
    [`${common}/a.ts`]: value,
  },
  'backend-plugins-know-no-siblings': {
    'plugins/permission-policy/src/b.ts': importing(
      '../../scaffolder-actions/src/a',
    ),
    [`${actions}/a.ts`]: value,
  },
  'git-host-imports-no-room': {
    'packages/git-host/src/b.ts': importing(
      '../../../plugins/sportsbook-scaling-common/src/a',
    ),
    [`${common}/a.ts`]: value,
  },
  'embedded-cluster-imports-common-and-git-host': {
    [`${cluster}/b.ts`]: importing(
      '../../../plugins/sportsbook-scaling-node/src/a',
    ),
    [`${node}/a.ts`]: value,
  },
  'embedded-cluster-is-imported-by-tests-only': {
    'packages/backend/src/b.ts': importing('../../embedded-cluster/src/a'),
    [`${cluster}/a.ts`]: value,
  },
  'cluster-rooms-meet-in-ports': {
    [`${cluster}/api/b.ts`]: importing('../pods/a'),
    [`${cluster}/pods/a.ts`]: value,
  },
  'cluster-schemas-serve-the-objects': {
    [`${cluster}/api/b.ts`]: importing('../fields/a'),
    [`${cluster}/fields/a.ts`]: value,
  },
  'cluster-ports-are-ground': {
    [`${cluster}/ports/b.ts`]: importing('../pods/a'),
    [`${cluster}/pods/a.ts`]: value,
  },
  'cli-imports-node-and-common': {
    [`${cli}/b.ts`]: importing('../../../plugins/scaffolder-actions/src/a'),
    [`${actions}/a.ts`]: value,
  },
  'cli-is-imported-by-nobody': {
    'packages/backend/src/b.ts': importing('../../cli/src/a'),
    [`${cli}/a.ts`]: value,
  },
  'cli-reads-the-command-line-without-the-library': {
    [`${cli}/program/b.ts`]: importing(
      '../../../../plugins/sportsbook-scaling-node/src/a',
    ),
    [`${node}/a.ts`]: value,
  },
  'backend-imports-no-frontend': {
    'packages/backend/src/b.ts': importing(
      '../../../plugins/sportsbook-scaling/src/a',
    ),
    [`${frontend}/a.ts`]: value,
  },
  'no-tests-in-products': {
    [`${node}/b.ts`]: importing('./__testUtils__/a'),
    [`${node}/__testUtils__/a.ts`]: value,
  },
  'client-node-in-adapters-only': {
    [`${actions}/a.ts`]:
      "import type { KubeConfig } from '@kubernetes/client-node'; export type A = KubeConfig;",
  },
  'engines-import-ports-not-adapters': {
    [`${node}/wait/b.ts`]: importing('../kubernetes/KubeConfigClient'),
    [`${node}/kubernetes/KubeConfigClient.ts`]: value,
  },
  'platform-is-known-to-entries-only': {
    [`${node}/apply/b.ts`]: importing('../platform/a'),
    [`${node}/platform/a.ts`]: value,
  },
  'monitoring-knows-no-engine-above': {
    [`${node}/monitoring/b.ts`]: importing('../apply/a'),
    [`${node}/apply/a.ts`]: value,
  },
  'delivery-is-known-to-entries-only': {
    [`${node}/apply/b.ts`]: importing('../delivery/a'),
    [`${node}/delivery/a.ts`]: value,
  },
  'adapters-import-no-engine': {
    [`${node}/prometheus/b.ts`]: importing('../wait/a'),
    [`${node}/wait/a.ts`]: value,
  },
  'ports-know-neither-side': {
    [`${node}/ports/b.ts`]: importing('../kubernetes/a'),
    [`${node}/kubernetes/a.ts`]: value,
  },
  'errors-import-nothing-above': {
    [`${node}/errors/b.ts`]: importing('../wait/a'),
    [`${node}/wait/a.ts`]: value,
  },
  'node-model-is-ground': {
    [`${node}/model/b.ts`]: importing('../errors/a'),
    [`${node}/errors/a.ts`]: value,
  },
  'frontend-model-is-ground': {
    [`${frontend}/model/b.ts`]: importing('../api/a'),
    [`${frontend}/api/a.ts`]: value,
  },
  'frontend-api-knows-no-hooks': {
    [`${frontend}/api/b.ts`]: importing('../hooks/a'),
    [`${frontend}/hooks/a.ts`]: value,
  },
  'frontend-hooks-know-no-components': {
    [`${frontend}/hooks/b.ts`]: importing('../components/a'),
    [`${frontend}/components/a.ts`]: value,
  },
  'entries-are-never-imported': {
    [`${routes}/sources/b.ts`]: importing('../plugin'),
    [`${routes}/plugin.ts`]: value,
  },
};

// All cases share one tree: names of files say which case they belong to.
const named = (rule, text) =>
  text.replaceAll(/\b(a|b|one|two)(?=(?:\.test)?\.ts$|')/g, `${rule}-$1`);
const files = { ...ALLOWED };
const caseOf = {};
for (const [rule, broken] of Object.entries(CASES)) {
  for (const [path, text] of Object.entries(broken)) {
    files[named(rule, path)] = named(rule, text);
    caseOf[named(rule, path)] = rule;
  }
}
const violations = cruise(files);

const brokenBy = belongs => [
  ...new Set(
    violations.filter(({ from }) => belongs(from)).map(({ rule }) => rule.name),
  ),
];

test('the arrows that the architecture draws are accepted', () => {
  assert.deepEqual(
    brokenBy(file => !(file in caseOf)),
    [],
  );
});

for (const rule of Object.keys(CASES)) {
  test(`the rule ${rule} finds what breaks it, and no other does`, () => {
    assert.deepEqual(
      brokenBy(file => caseOf[file] === rule),
      [rule],
    );
  });
}

test('every rule has a case', async () => {
  const { default: config } = await import(
    join(root, '.dependency-cruiser.cjs')
  );
  assert.deepEqual(
    config.forbidden.map(({ name }) => name).sort(),
    Object.keys(CASES).sort(),
  );
});
