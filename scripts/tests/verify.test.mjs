import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jestCounts, nodeTestCounts } from '../verify/counts.mjs';
import { runSteps } from '../verify/runSteps.mjs';
import { selectSteps } from '../verify/selectSteps.mjs';
import { steps } from '../verify/steps.mjs';
import { withoutClusters } from '../verify/withoutClusters.mjs';

describe('counts', () => {
  test('of jest hold a file that could not run as a failure', () => {
    assert.deepEqual(
      jestCounts(
        JSON.stringify({
          numPassedTests: 7,
          numFailedTests: 2,
          numRuntimeErrorTestSuites: 1,
          numPendingTests: 3,
        }),
      ),
      { passed: 7, failed: 3, skipped: 3 },
    );
  });

  test('of node --test are read from its summary', () => {
    assert.deepEqual(
      nodeTestCounts([
        '✔ ℹ pass 9 (1ms)',
        'ℹ pass 4',
        'ℹ fail 1',
        'ℹ cancelled 1',
      ]),
      { passed: 4, failed: 2, skipped: 0 },
    );
  });
});

describe('runSteps', () => {
  const node = { binary: process.execPath };
  const runAll = async list => {
    let text = '';
    const out = { write: each => (text += each) };
    const code = await runSteps(list, { node, env: process.env }, { out });
    return { code, text };
  };
  const step = (name, run) => ({ name, title: `Step ${name}`, run });
  const fine = step('fine', async () => ({
    passed: 3,
    failed: 0,
    skipped: 1,
  }));

  test('ends with one line of sums', async () => {
    const { code, text } = await runAll([fine, fine]);
    assert.equal(code, 0);
    assert.match(text, /\n6 passed, 0 failed\n$/);
  });

  test('goes on after a failure, shows its output and ends with 1', async () => {
    const broken = step('broken', async ({ runNode }) => {
      const { code } = await runNode('-e', [
        'console.log("what went wrong"); process.exit(2)',
      ]);
      assert.equal(code, 2);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    const { code, text } = await runAll([broken, fine]);
    assert.equal(code, 1);
    assert.match(text, /what went wrong/);
    assert.match(text, /\n3 passed, 1 failed\n$/);
  });

  test('counts a step that throws as failed', async () => {
    const thrown = step('thrown', async () => {
      throw new Error('unforeseen');
    });
    const { code, text } = await runAll([thrown]);
    assert.equal(code, 1);
    assert.match(text, /unforeseen/);
    assert.match(text, /\n0 passed, 1 failed\n$/);
  });
});

describe('--only', () => {
  test('selects steps and keeps their order', () => {
    const names = selectSteps(steps, ['--only', 'lint,format']).map(
      ({ name }) => name,
    );
    assert.deepEqual(names, ['format', 'lint']);
    assert.equal(selectSteps(steps, []), steps);
  });

  test('lists the steps when one is unknown', () => {
    assert.throws(
      () => selectSteps(steps, ['--only', 'lnt']),
      /no such step. Steps are: format, /,
    );
    assert.throws(() => selectSteps(steps, ['--watch']), /only flag is --only/);
  });
});

test('tests find no cluster in their environment', () => {
  assert.deepEqual(
    withoutClusters({
      PATH: '/bin',
      KUBECONFIG: '/k',
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
    }),
    { PATH: '/bin' },
  );
});
