import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, mock, test } from 'node:test';
import { copyReleases } from '../../bench/apply/copyReleases.mjs';
import { readOptions as readApplyOptions } from '../../bench/apply/options.mjs';
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

describe('bench/apply', () => {
  test('wants a cluster and release manifests, and refuses counts that are none', () => {
    assert.throws(
      () => readApplyOptions(['--kubeconfig', 'a']),
      /There are no release manifests/,
    );
    assert.throws(
      () =>
        readApplyOptions([
          ...['--kubeconfig', 'a', '--release', 'b', '--rounds', '1.5'],
        ]),
      /--rounds takes a whole number above 0, not "1.5"/,
    );
    assert.deepEqual(
      readApplyOptions(['--kubeconfig', 'a', '--release', 'b']),
      {
        kubeconfig: 'a',
        releases: ['b'],
        rounds: 7,
        works: ['releases', 'configMaps'],
        configMaps: 300,
      },
    );
  });

  test('applies copies that leave what runs on the cluster alone', () => {
    const named = (kind, name, more) => ({
      kind,
      metadata: { name, ...(more?.namespace && { namespace: more.namespace }) },
      ...more?.object,
    });
    const { definitions, rest } = copyReleases(
      [
        named('CustomResourceDefinition', 'scaledobjects.keda.sh', {
          object: {
            spec: {
              group: 'keda.sh',
              names: { plural: 'scaledobjects', kind: 'ScaledObject' },
              versions: [{ name: 'v1alpha1', served: true }],
            },
          },
        }),
        named('ClusterRole', 'operator'),
        named('ClusterRoleBinding', 'operator', {
          object: {
            roleRef: { kind: 'ClusterRole', name: 'operator' },
            subjects: [{ name: 'operator', namespace: 'keda' }],
          },
        }),
        named('Deployment', 'operator', {
          namespace: 'keda',
          object: { spec: { replicas: 2 } },
        }),
        named('APIService', 'v1beta1.external.metrics.k8s.io'),
        named('ValidatingWebhookConfiguration', 'keda-admission'),
        named('RoleBinding', 'reader', { namespace: 'kube-system' }),
      ],
      { namespace: 'own', suffix: 'own.example' },
    );
    assert.deepEqual(
      definitions.map(({ metadata, spec }) => [metadata.name, spec.group]),
      [['scaledobjects.keda.sh.own.example', 'keda.sh.own.example']],
    );
    assert.deepEqual(
      rest.map(({ kind, metadata }) => [
        kind,
        metadata.namespace,
        metadata.name,
      ]),
      [
        ['Namespace', undefined, 'own'],
        ['ClusterRole', undefined, 'own-operator'],
        ['ClusterRoleBinding', undefined, 'own-operator'],
        ['Deployment', 'own', 'operator'],
        ['ScaledObject', 'own', 'bench'],
      ],
    );
    const [, , binding, deployment, scaled] = rest;
    assert.equal(binding.roleRef.name, 'own-operator');
    assert.equal(binding.subjects[0].namespace, 'own');
    assert.equal(deployment.spec.replicas, 0);
    assert.equal(scaled.apiVersion, 'keda.sh.own.example/v1alpha1');
  });
});
