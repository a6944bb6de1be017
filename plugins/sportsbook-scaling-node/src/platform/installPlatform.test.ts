import { bareCluster, define } from './__testUtils__/platformClusters';
import { installOn } from './__testUtils__/installOn';
import { startControllers } from './__testUtils__/startControllers';
import { OPERATOR_DEFINITIONS } from './definitionNames';
import { findInstalled } from './findInstalled';
import { inspectPlatform } from './inspect';

const actionsOf = (changeSet: { action: string }[]) => [
  ...new Set(changeSet.map(({ action }) => action)),
];

const LEFT_BEHIND = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'only-in-2.19', namespace: 'keda' },
};

describe('installPlatform', () => {
  it('makes both work on a bare cluster, and a second time changes nothing', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    const first = await installOn(cluster);
    expect(actionsOf(first.changeSet)).toEqual(['created']);
    expect(await inspectPlatform({ client: cluster })).toMatchObject({
      prometheusOperator: { state: 'present', owner: 'ours' },
      keda: { state: 'present', owner: 'ours' },
    });
    const writes = cluster.written().length;

    const second = await installOn(cluster);
    expect(second.decisions).toMatchObject([
      { verdict: 'ensure' },
      { verdict: 'ensure' },
    ]);
    expect(actionsOf(second.changeSet)).toEqual(['unchanged']);
    expect(cluster.written()).toHaveLength(writes);
  });

  it('binds the operator to its own role, and to nothing of the bundle', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    await installOn(cluster);
    expect(cluster.written().filter(name => /^ClusterRole/.test(name))).toEqual(
      [
        'ClusterRole sportsbook-scaling-prometheus-operator',
        'ClusterRoleBinding sportsbook-scaling-prometheus-operator',
      ],
    );
    expect(cluster.written()).not.toContain(
      'CustomResourceDefinition alertmanagers.monitoring.coreos.com',
    );
  });

  it('pulls every image from the mirror', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    await installOn(cluster, { imageRegistry: 'mirror.example.com' });
    const { items } = await cluster.list({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
    });
    const text = JSON.stringify(items);
    expect(text).not.toMatch(/quay\.io|ghcr\.io/);
    expect(text).toContain(
      '--prometheus-config-reloader=mirror.example.com/prometheus-operator/prometheus-config-reloader:v0.93.0',
    );
    expect(text).toContain('mirror.example.com/kedacore/keda:2.20.2');
  });

  it('uses namespaces and definitions of others as they are', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    await define(cluster, OPERATOR_DEFINITIONS, '0.90.0');
    cluster.seed({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'keda' },
    });
    const { left } = await installOn(cluster);
    expect(left).toEqual([
      ...OPERATOR_DEFINITIONS.map(
        ({ name }) => `CustomResourceDefinition ${name}`,
      ),
      'Namespace keda',
    ]);
    expect(cluster.written().filter(name => left.includes(name))).toEqual([]);
  });

  it('refuses over what is left from another installation', async () => {
    const cluster = bareCluster();
    cluster.seed({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'keda' },
    });
    cluster.seed({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'keda-operator', namespace: 'keda' },
    });
    await expect(installOn(cluster)).rejects.toThrow(
      /ServiceAccount keda\/keda-operator: there is one that somebody else has made/,
    );
    expect(cluster.written()).toEqual([]);
  });

  it('upgrades its own, and takes away what the new release has no more', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    await installOn(cluster, {
      releases: {
        operator: '0.92.0',
        keda: '2.19.0',
        kedaExtra: [LEFT_BEHIND],
      },
    });
    const { decisions, changeSet } = await installOn(cluster);
    expect(decisions).toMatchObject([
      { verdict: 'upgrade', from: '0.92.0', to: '0.93.0' },
      { verdict: 'upgrade', from: '2.19.0', to: '2.20.2' },
    ]);
    expect(changeSet).toContainEqual(
      expect.objectContaining({
        action: 'deleted',
        ref: expect.objectContaining({ name: 'only-in-2.19' }),
      }),
    );
    expect(
      (await findInstalled({ client: cluster, reach: 'cluster' })).map(
        ({ object }) => object.metadata.name,
      ),
    ).not.toContain('only-in-2.19');
  });

  it('touches one namespace only where that is what was asked', async () => {
    const cluster = bareCluster();
    startControllers(cluster);
    await define(cluster, OPERATOR_DEFINITIONS, '0.93.0');
    const { changeSet } = await installOn(cluster, {
      operator: { namespace: 'default', scope: 'namespace' },
    });
    expect(changeSet.map(({ ref }) => [ref.kind, ref.namespace])).toEqual(
      expect.arrayContaining([
        ['Role', 'default'],
        ['RoleBinding', 'default'],
        ['Deployment', 'default'],
      ]),
    );
    expect(changeSet.every(({ ref }) => ref.namespace === 'default')).toBe(
      true,
    );
  });

  it('names the log to read where the operator never reconciles', async () => {
    const cluster = bareCluster();
    startControllers(cluster, {
      metrics: {
        status: 200,
        text: 'prometheus_operator_ready{controller="prometheus"} 0\n',
      },
    });
    await define(cluster, OPERATOR_DEFINITIONS, '0.93.0');
    await expect(
      installOn(cluster, {
        operator: { namespace: 'default', scope: 'namespace' },
        timeoutSeconds: 1,
      }),
    ).rejects.toThrow(/logs deployment\/prometheus-operator/);
  }, 20_000);

  it('says so where it may not see whether the operator reconciles', async () => {
    const cluster = bareCluster();
    startControllers(cluster, { metrics: { status: 403, text: '' } });
    const lines: string[] = [];
    await installOn(cluster, { onTrouble: line => lines.push(line) });
    expect(lines).toEqual([
      expect.stringContaining('may not read pods/proxy in prometheus-operator'),
    ]);
  });
});
