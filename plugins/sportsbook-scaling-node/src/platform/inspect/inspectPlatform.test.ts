import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterUnreachableError } from '../../errors';
import { FakeCluster } from '../../testUtils';
import {
  addExternalMetrics,
  addKeda,
  addOperator,
  bareCluster,
  define,
  deploymentObject,
} from '../__testUtils__/platformClusters';
import { KEDA_DEFINITIONS, OPERATOR_DEFINITIONS } from '../definitionNames';
import {
  platformLines,
  platformProblems,
  platformTable,
} from '../platformSummary';
import { inspectPlatform } from './inspectPlatform';

const prepared = async () => {
  const cluster = bareCluster();
  await addOperator(cluster);
  await addKeda(cluster);
  return cluster;
};

const problemsOf = async (cluster: FakeCluster) =>
  platformProblems(await inspectPlatform({ client: cluster }));

describe('inspectPlatform', () => {
  it('finds nothing on a bare cluster, and says so for each part', async () => {
    const report = await inspectPlatform({ client: bareCluster() });
    expect(report).toMatchObject({
      kubernetes: { version: '1.36.3', support: 'tested' },
      prometheusOperator: { state: 'absent', controllers: [] },
      keda: { state: 'absent', controllers: [] },
      externalMetrics: { state: 'absent' },
      servers: { state: 'notInstalled' },
    });
    expect(platformProblems(report)).toEqual([
      expect.stringContaining('Prometheus operator is not installed'),
      expect.stringContaining('KEDA is not installed'),
    ]);
  });

  it('finds what others have installed, with versions, through a mirror of the images', async () => {
    const cluster = await prepared();
    const report = await inspectPlatform({ client: cluster });
    expect(report).toMatchObject({
      prometheusOperator: {
        state: 'present',
        version: '0.93.0',
        support: 'tested',
        owner: 'others',
        controllers: [
          { namespace: 'monitoring', name: 'kube-prometheus-operator' },
        ],
      },
      keda: { state: 'present', version: '2.20.2', owner: 'others' },
      externalMetrics: { state: 'available', owner: 'keda' },
      servers: { state: 'read', servers: [] },
    });
    expect(platformProblems(report)).toEqual([]);
    expect(platformLines(report)[2]).toMatch(
      /^KEDA +present, installed by others +2\.20\.2 +keda\/keda-operator: Available 1\/1$/,
    );
  });

  it('tells a Deployment that is not available from one that is missing', async () => {
    const down = bareCluster();
    await addOperator(down, { isAvailable: false });
    await addKeda(down, { isAvailable: false });
    expect(await problemsOf(down)).toEqual([
      expect.stringContaining(
        'Deployment monitoring/kube-prometheus-operator, which runs the Prometheus operator, is not available: Ready 0/1',
      ),
      expect.stringContaining('Deployment keda/keda-operator'),
      expect.stringContaining('Deployment keda/keda-metrics-apiserver'),
    ]);

    const gone = bareCluster();
    await define(gone, OPERATOR_DEFINITIONS);
    await define(gone, KEDA_DEFINITIONS);
    expect(await problemsOf(gone)).toEqual([
      expect.stringContaining('no Deployment runs the Prometheus operator'),
      expect.stringContaining('no Deployment runs KEDA'),
      expect.stringContaining("no Deployment runs KEDA's metrics server"),
      expect.stringContaining('nobody is registered'),
    ]);
  });

  it('names the definition that the operator waits for', async () => {
    const cluster = bareCluster();
    await addOperator(cluster, {
      definitions: OPERATOR_DEFINITIONS.filter(({ kind }) => kind !== 'Probe'),
    });
    const { prometheusOperator } = await inspectPlatform({ client: cluster });
    expect(prometheusOperator).toMatchObject({
      state: 'broken',
      missingDefinitions: ['probes.monitoring.coreos.com'],
    });
  });

  it('says who else has taken external metrics', async () => {
    const cluster = bareCluster();
    cluster.seed(
      deploymentObject({
        name: 'prometheus-adapter',
        namespace: 'monitoring',
        image: 'registry.k8s.io/prometheus-adapter/prometheus-adapter:v0.12.0',
      }),
    );
    addExternalMetrics(cluster, {
      namespace: 'monitoring',
      service: 'prometheus-adapter',
    });
    const report = await inspectPlatform({ client: cluster });
    expect(report.externalMetrics).toMatchObject({
      owner: 'others',
      ownerName: 'prometheus-adapter in monitoring',
    });
  });

  it('says why the API server does not reach the metrics of KEDA', async () => {
    const cluster = bareCluster();
    await addOperator(cluster);
    await addKeda(cluster, { isReached: false });
    expect(await problemsOf(cluster)).toEqual([
      expect.stringMatching(
        /does not reach KEDA's metrics \(keda-metrics-apiserver in keda\): .*no addresses with port name "https"/,
      ),
    ]);
  });

  it.each([
    ['Ignore', 'warning', 'admitted unchecked'],
    ['Fail', 'problem', 'are refused'],
  ])(
    'weighs a webhook without endpoints by its failure policy %s',
    async (failurePolicy, severity, consequence) => {
      const cluster = await prepared();
      cluster.seed({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: 'keda-admission' },
        webhooks: [
          {
            name: 'vscaledobject.kb.io',
            failurePolicy,
            clientConfig: {
              service: { namespace: 'keda', name: 'keda-admission-webhooks' },
            },
            rules: [{ apiGroups: ['keda.sh'] }],
          },
        ],
      });
      const { keda } = await inspectPlatform({ client: cluster });
      expect(keda.findings).toEqual([
        expect.objectContaining({
          severity,
          message: expect.stringContaining(consequence),
        }),
      ]);
      cluster.seed({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: 'keda-admission-webhooks-x',
          namespace: 'keda',
          labels: { 'kubernetes.io/service-name': 'keda-admission-webhooks' },
        },
        endpoints: [{ conditions: { ready: true } }],
      });
      const again = await inspectPlatform({ client: cluster });
      expect(again.keda.findings).toEqual([]);
    },
  );

  it('tells too old from newer than tested', async () => {
    const cluster = bareCluster();
    await addOperator(cluster, { version: '0.70.0' });
    await addKeda(cluster, { version: '2.99.0' });
    const report = await inspectPlatform({ client: cluster });
    expect(report.prometheusOperator).toMatchObject({
      state: 'tooOld',
      support: 'tooOld',
    });
    expect(report.keda).toMatchObject({
      state: 'present',
      support: 'newerThanTested',
    });
    expect(platformProblems(report)).toEqual([
      expect.stringMatching(/0\.70\.0 is older than 0\.76\.0, and lacks/),
    ]);
  });

  it('says forbidden where it may not look, not absent', async () => {
    const cluster = await prepared();
    cluster.denied.add('list deployments');
    const report = await inspectPlatform({ client: cluster });
    expect(report.prometheusOperator.state).toBe('forbidden');
    expect(report.keda.state).toBe('forbidden');
    expect(platformTable(report)).toContain('not to be seen');
    expect(platformProblems(report)).toEqual([
      expect.stringContaining(
        'Prometheus operator: whether the Prometheus operator runs may not be looked at; let the account of Backstage list Deployments',
      ),
      expect.stringContaining('KEDA: whether KEDA runs may not be looked at'),
    ]);
  });

  it('finds definitions by discovery where they may not be read', async () => {
    const cluster = await prepared();
    cluster.denied.add('get customresourcedefinitions');
    const { keda } = await inspectPlatform({ client: cluster });
    expect(keda).toMatchObject({ state: 'present', version: '2.20.2' });
  });

  it('throws where the cluster does not answer', async () => {
    const cluster = bareCluster();
    cluster.discover = async () => {
      throw new ClusterUnreachableError("Cluster 'fake' does not answer");
    };
    await expect(inspectPlatform({ client: cluster })).rejects.toThrow(
      ClusterUnreachableError,
    );
  });

  it('asks for nothing outside of one namespace where that is all it may see', async () => {
    const cluster = await prepared();
    for (const right of [
      'get customresourcedefinitions',
      'get apiservices',
      'list validatingwebhookconfigurations',
    ]) {
      cluster.denied.add(right);
    }
    const list = jest.spyOn(cluster, 'list');
    const report = await inspectPlatform({
      client: cluster,
      reach: { namespace: 'default' },
    });
    expect(list.mock.calls.map(([, options]) => options?.namespace)).toEqual(
      list.mock.calls.map(() => 'default'),
    );
    expect(report.prometheusOperator.controllers).toEqual([]);
    expect(report.keda).toMatchObject({ state: 'present' });
    expect(platformProblems(report)).toEqual([]);
  });

  it('takes an operator of other namespaces for none of this one', async () => {
    const cluster = bareCluster();
    await addOperator(cluster, { args: ['--namespaces=monitoring'] });
    const { prometheusOperator } = await inspectPlatform({
      client: cluster,
      reach: { namespace: 'default' },
    });
    expect(prometheusOperator.controllers).toEqual([]);
  });

  it('says what servers take up, and whether they work', async () => {
    const cluster = await prepared();
    const server = (name: string, spec: object, status: string) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name, namespace: 'monitoring' },
      spec: { version: '3.13.1', ...spec },
      status: {
        availableReplicas: 1,
        conditions: ['Available', 'Reconciled'].map(type => ({
          type,
          status,
          observedGeneration: 1,
        })),
      },
    });
    cluster.seed(
      server(
        'k8s',
        {
          serviceMonitorSelector: { matchLabels: { release: 'stack' } },
          serviceMonitorNamespaceSelector: {},
        },
        'True',
      ),
    );
    cluster.seed(server('broken', { serviceMonitorSelector: {} }, 'False'));
    const { servers } = await inspectPlatform({ client: cluster });
    expect(servers).toEqual({
      state: 'read',
      servers: [
        expect.objectContaining({
          name: 'k8s',
          version: '3.13.1',
          support: 'tested',
          isAvailable: true,
          selects: 'ServiceMonitors with release=stack of all namespaces',
        }),
        expect.objectContaining({
          name: 'broken',
          isAvailable: false,
          selects: 'every ServiceMonitor of its own namespace',
        }),
      ],
    });
  });

  it('calls the embedded cluster by its name', async () => {
    const cluster = await prepared();
    cluster.version = async () => ({
      gitVersion: `v1.36.3${EMBEDDED_CLUSTER.versionSuffix}`,
    });
    const report = await inspectPlatform({ client: cluster });
    expect(report.keda).toMatchObject({ state: 'present', owner: 'embedded' });
    expect(platformTable(report)).toContain('| KEDA | present, embedded |');
    expect(platformProblems(report)).toEqual([]);
  });
});
