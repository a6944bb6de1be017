import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, mock, test } from 'node:test';
import { readOptions } from '../../bench/embedded/options.mjs';
import { serviceManifests } from '../../bench/embedded/serviceManifests.mjs';
import { printGoals, printTable } from '../../bench/report.mjs';
import { median, quantile } from '../../bench/statistics.mjs';
import { root } from '../setup/paths.mjs';

function printed(print) {
  const { mock: calls } = mock.method(console, 'log', () => {});
  try {
    print();
    return calls.calls.map(({ arguments: [line = ''] }) => line).join('\n');
  } finally {
    mock.restoreAll();
  }
}

describe('npm run bench', () => {
  test('refuses a name that it does not know, and lists those that it knows', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'scripts/bench.mjs'), 'nothing'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 1);
    assert.match(stderr, /There is no "nothing": .* Known names: .*embedded/);
  });

  test('prints each goal as a share of what is asked for', () => {
    const lines = printed(() =>
      printGoals('x', [
        { name: 'size', measured: 120, asked: 150, unit: 'MB' },
        {
          name: 'writes',
          measured: 1_500,
          asked: 1_000,
          unit: '1/s',
          atLeast: true,
        },
      ]),
    );
    assert.deepEqual(lines.split('\n').map(JSON.parse), [
      {
        bench: 'x',
        figure: 'size (MB)',
        measured: 120,
        ratio: 0.8,
        goal: 1,
      },
      {
        bench: 'x',
        figure: 'writes (1/s)',
        measured: 1_500,
        ratio: 1.5,
        goal: 1,
        atLeast: true,
      },
    ]);
  });

  test('lines up names on the left and figures on the right', () => {
    const table = printed(() =>
      printTable([
        ['', 'ms'],
        ['start', '7'],
        ['end', '12'],
      ]),
    );
    assert.equal(table, '\n       ms\n-----  --\nstart   7\nend    12\n');
  });
});

describe('the median', () => {
  test('is the one that half of all values do not exceed', () => {
    assert.equal(median([5, 1, 3]), 3);
    assert.equal(median([4, 1, 3, 2]), 2);
  });

  test('is one of the quantiles, which end at the greatest value', () => {
    const values = Array.from({ length: 200 }, (_, at) => at + 1);
    assert.equal(quantile(values, 0.99), 198);
    assert.equal(quantile(values, 1), 200);
    assert.equal(quantile(values, 0), 1);
  });
});

describe('bench/embedded', () => {
  test('refuses counts that are none', () => {
    assert.throws(
      () => readOptions(['--rounds', 'many']),
      /--rounds takes a number above 0, not "many"/,
    );
    assert.equal(readOptions(['--rounds', '3']).rounds, 3);
  });

  test('runs what the template makes, on an image that needs no build', () => {
    const manifests = serviceManifests();
    const { path, object } = manifests.find(
      one => one.object.kind === 'Deployment',
    );
    assert.equal(path, '/apis/apps/v1/namespaces/betting/deployments/odds-api');
    assert.deepEqual(
      object.spec.template.spec.containers.map(({ image }) => image),
      ['node:22-slim'],
    );
    assert.equal(
      manifests.find(one => one.object.kind === 'Prometheus').path,
      '/apis/monitoring.coreos.com/v1/namespaces/betting/prometheuses/odds-api',
    );
  });
});
