import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareOutcomes } from '../e2e/compareOutcomes.mjs';

const ok = (title, facts = {}) => ({ title, outcome: 'ok', facts });

test('two runs that found out the same are the same', () => {
  const run = [ok('a', { replicas: 3 }), ok('b')];
  assert.deepEqual(compareOutcomes(run, structuredClone(run)), {
    same: ['a', 'b'],
    differences: [],
  });
});

test('another outcome, another fact and a missing step are differences', () => {
  const { differences } = compareOutcomes(
    [ok('a', { replicas: 3 }), ok('b'), ok('c')],
    [ok('a', { replicas: 4 }), { ...ok('b'), outcome: 'fail' }, ok('d')],
  );
  assert.deepEqual(differences, [
    '"a" differs: replicas is 3, 4',
    '"b" differs: ok, fail',
    '"c" ran on the first cluster only',
    '"d" ran on the second cluster only',
  ]);
});

test('what one cluster cannot show is not compared', () => {
  const skipped = { title: 'a', outcome: 'skip' };
  assert.deepEqual(compareOutcomes([skipped], [ok('a'), ok('b')]), {
    same: [],
    differences: ['"b" ran on the second cluster only'],
  });
});
