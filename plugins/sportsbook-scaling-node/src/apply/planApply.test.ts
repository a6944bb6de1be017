import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  deployment,
  gadget,
  gadgetDefinition,
  prometheus,
  scaledObject,
  service,
  serviceManifests,
  serviceMonitor,
  sourced,
} from '../testUtils/serviceManifests';
import { ClusterUnreachableError } from '../errors';
import { formatPlanProblem } from './PlanProblem';
import { planApply } from './planApply';

function inBetting(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    metadata: { ...object.metadata, namespace: 'betting' },
  };
}

describe('planApply', () => {
  let client: FakeCluster;
  const plan = (
    objects: KubernetesObject[],
    options: Partial<Parameters<typeof planApply>[0]> = {},
  ) =>
    planApply({
      client,
      manifests: sourced(...objects),
      namespace: 'betting',
      ...options,
    });
  const problemsOf = async (
    ...objects: KubernetesObject[]
  ): Promise<string[]> => (await plan(objects)).problems.map(formatPlanProblem);

  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  it('shows what would be made, and makes nothing', async () => {
    const { problems, changes, warnings } = await planApply({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(changes.map(({ ref, action }) => `${action} ${ref.kind}`)).toEqual([
      'created Service',
      'created Deployment',
      'created ServiceMonitor',
      'created Prometheus',
      'created ScaledObject',
    ]);
    expect(client.written()).toEqual([]);
  });

  it('hands on what admission warns of', async () => {
    client.admit = () => ({ warnings: ['pollingInterval is not relevant'] });
    const { changes, warnings } = await plan([service]);
    expect(changes[0].warnings).toEqual(['pollingInterval is not relevant']);
    expect(warnings).toEqual([
      'Service betting/odds: pollingInterval is not relevant',
    ]);
  });

  it('says of what comes with an earlier stage that it cannot be known yet', async () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'fresh' },
    };
    const { problems, changes } = await plan(
      [gadget, gadgetDefinition, namespace, service],
      { namespace: 'fresh' },
    );
    expect(problems).toEqual([]);
    expect(
      changes.map(({ ref, action, reason }) => [ref.kind, action, reason]),
    ).toEqual([
      ['CustomResourceDefinition', 'created', undefined],
      ['Namespace', 'created', undefined],
      ['Service', 'unverifiable', 'its namespace comes with this set'],
      ['Gadget', 'unverifiable', 'its definition comes with this set'],
    ]);
  });

  it.each([
    ['keda.sh', scaledObject(), 'KEDA is not installed'],
    [
      'monitoring.coreos.com',
      prometheus,
      'the Prometheus operator is not installed',
    ],
  ])(
    'names what is missing where %s is not served',
    async (group, object, reason) => {
      client.uninstall(group);
      expect(await problemsOf(deployment, object)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^k8s/.*: ${object.kind} betting/odds: cluster 'fake' does not serve ${object.kind} .*${reason}; install it`,
          ),
        ),
      ]);
    },
  );

  it('names the version that is served instead', async () => {
    expect(
      await problemsOf({ ...deployment, apiVersion: 'apps/v1beta1' }),
    ).toEqual([expect.stringContaining('it serves the kind as apps/v1')]);
  });

  it('refuses a namespace that is not there', async () => {
    const { problems } = await plan([service], { namespace: 'nowhere' });
    expect(problems.map(formatPlanProblem)).toEqual([
      expect.stringContaining(
        "cluster 'fake' has no namespace 'nowhere', which Service nowhere/odds belongs to; create it",
      ),
    ]);
  });

  it('refuses a namespace that is being deleted', async () => {
    client.update(
      { apiVersion: 'v1', kind: 'Namespace', name: 'betting' },
      namespace => {
        namespace.metadata.deletionTimestamp = '2026-11-24T00:00:00Z';
      },
    );
    expect(await problemsOf(service)).toEqual([
      expect.stringContaining(
        "namespace 'betting' on cluster 'fake' is being deleted",
      ),
    ]);
  });

  it('refuses objects for namespaces that are not allowed, though they exist', async () => {
    client = new FakeCluster(['betting', 'kube-system']);
    const foreign = {
      ...service,
      metadata: { name: 'odds', namespace: 'kube-system' },
    };
    expect(await problemsOf(foreign)).toEqual([
      expect.stringContaining(
        "it belongs to namespace 'kube-system', but only 'betting' may be written",
      ),
    ]);
    expect(
      (await plan([foreign], { otherNamespaces: ['kube-system'] })).problems,
    ).toEqual([]);
  });

  it('lists every missing right at once', async () => {
    client.denied.add('create services').add('patch deployments');
    expect(await problemsOf(service, deployment)).toEqual([
      expect.stringContaining(
        "Backstage's identity on cluster 'fake' may not create services in namespace 'betting'; grant it with a Role",
      ),
      expect.stringContaining('may not patch deployments.apps'),
    ]);
  });

  it('does not ask for the right to create what is there', async () => {
    client.seed(inBetting(service), 'backstage-sportsbook-scaling');
    client.denied.add('create services');
    expect(await problemsOf(service)).toEqual([]);
  });

  it.each([
    ['the set', () => {}],
    ['the cluster', () => client.seed(inBetting(scaledObject()))],
  ])(
    'refuses replicas of a workload that a ScaledObject of %s scales',
    async (where, seed) => {
      seed();
      const fixed = {
        ...deployment,
        spec: { ...(deployment.spec as object), replicas: 2 },
      };
      expect(
        await problemsOf(
          fixed,
          ...(where === 'the set' ? [scaledObject()] : []),
        ),
      ).toEqual([
        expect.stringContaining(
          'Deployment betting/odds: it sets spec.replicas to 2, but ScaledObject betting/odds scales it',
        ),
      ]);
    },
  );

  it('refuses replicas of a workload that a HorizontalPodAutoscaler scales', async () => {
    client.seed({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'by-hand', namespace: 'betting' },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'odds',
        },
      },
    });
    expect(
      await problemsOf({
        ...deployment,
        spec: { ...(deployment.spec as object), replicas: 0 },
      }),
    ).toEqual([
      expect.stringContaining(
        'HorizontalPodAutoscaler betting/by-hand scales it',
      ),
    ]);
  });

  it('lets replicas pass where nothing scales the workload', async () => {
    expect(
      await problemsOf({
        ...deployment,
        spec: { ...(deployment.spec as object), replicas: 2 },
      }),
    ).toEqual([]);
  });

  it('refuses a ScaledObject whose workload is nowhere', async () => {
    expect(await problemsOf(scaledObject())).toEqual([
      expect.stringContaining(
        'it scales Deployment betting/odds, which is neither in the manifests nor on the cluster',
      ),
    ]);
    client.seed(inBetting(deployment));
    expect(await problemsOf(scaledObject())).toEqual([]);
  });

  it('reports everything that is wrong with a trigger', async () => {
    expect(
      await problemsOf(
        deployment,
        scaledObject({
          query: 'sum(rate(x[30s])',
          threshold: '-1',
          serverAddress: 'prometheus:9090',
        }),
      ),
    ).toEqual([
      expect.stringContaining('its query is no PromQL: it ends too early'),
      expect.stringContaining('its threshold "-1" is no positive number'),
      expect.stringContaining(
        'its serverAddress "prometheus:9090" is no http or https URL',
      ),
    ]);
  });

  it('refuses a ServiceMonitor that no Prometheus selects', async () => {
    expect(await problemsOf(serviceMonitor)).toEqual([
      expect.stringContaining('no Prometheus selects it (there is none)'),
    ]);
    client.seed(inBetting(prometheus));
    expect(await problemsOf(serviceMonitor)).toEqual([]);
  });

  it('knows that a Prometheus without a namespace selector sees its own namespace only', async () => {
    client = new FakeCluster(['betting', 'monitoring']);
    const elsewhere = (selector?: object) => ({
      ...prometheus,
      metadata: { name: 'central', namespace: 'monitoring' },
      spec: {
        ...(prometheus.spec as object),
        ...(selector && { serviceMonitorNamespaceSelector: selector }),
      },
    });
    client.seed(elsewhere());
    expect(await problemsOf(serviceMonitor)).toEqual([
      expect.stringContaining('(Prometheus monitoring/central)'),
    ]);
    client.seed(elsewhere({}));
    expect(await problemsOf(serviceMonitor)).toEqual([]);
  });

  it('says that it could not look, where it may not, instead of guessing', async () => {
    client.denied.add('list prometheuses');
    const { problems, warnings } = await plan([serviceMonitor]);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      'Objects of kind Prometheus on the cluster were not looked at: cannot list prometheuses',
    ]);
  });

  it('says who holds a node port', async () => {
    const exposed = (name: string) => ({
      ...service,
      metadata: { name },
      spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30901 }] },
    });
    client.seed(inBetting(exposed('first')));
    expect(await problemsOf(exposed('second'))).toEqual([
      expect.stringContaining(
        'node port TCP 30901 is taken by Service betting/first',
      ),
    ]);
    expect(await problemsOf(exposed('first'))).toEqual([]);
  });

  it('refuses an empty set', async () => {
    expect(await problemsOf()).toEqual([
      expect.stringContaining('the manifests hold no object'),
    ]);
  });

  it('rejects when the cluster cannot be reached, instead of blaming an object', async () => {
    client.admit = () => ({ error: new ClusterUnreachableError('gone') });
    await expect(plan([service])).rejects.toThrow(ClusterUnreachableError);
  });

  it('rejects with the reason of an aborted signal', async () => {
    await expect(
      plan([service], { signal: AbortSignal.abort(new Error('stop')) }),
    ).rejects.toThrow('stop');
  });
});
