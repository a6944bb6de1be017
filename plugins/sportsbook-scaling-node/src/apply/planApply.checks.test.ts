import { FakeCluster } from '../testUtils/FakeCluster';
import {
  deployment,
  prometheus,
  scaledObject,
  service,
  serviceMonitor,
} from '../testUtils/serviceManifests';
import { formatPlanProblem } from '../model/PlanProblem';
import { inBetting } from './__testUtils__/inBetting';
import { planIn, problemsIn } from './__testUtils__/planIn';

describe('the checks of planApply', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['betting']);
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
      expect(await problemsIn(client, deployment, object)).toEqual([
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
      await problemsIn(client, { ...deployment, apiVersion: 'apps/v1beta1' }),
    ).toEqual([expect.stringContaining('it serves the kind as apps/v1')]);
  });

  it('refuses a namespace that is not there', async () => {
    const { problems } = await planIn(client, [service], {
      namespace: 'nowhere',
    });
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
    expect(await problemsIn(client, service)).toEqual([
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
    expect(await problemsIn(client, foreign)).toEqual([
      expect.stringContaining(
        "it belongs to namespace 'kube-system', but only 'betting' may be written",
      ),
    ]);
    expect(
      (await planIn(client, [foreign], { otherNamespaces: ['kube-system'] }))
        .problems,
    ).toEqual([]);
  });

  it('lists every missing right at once', async () => {
    client.denied.add('create services').add('patch deployments');
    expect(await problemsIn(client, service, deployment)).toEqual([
      expect.stringContaining(
        "Backstage's identity on cluster 'fake' may not create services in namespace 'betting'; grant it with a Role",
      ),
      expect.stringContaining('may not patch deployments.apps'),
    ]);
  });

  it('does not ask for the right to create what is there', async () => {
    client.seed(inBetting(service), 'backstage-sportsbook-scaling');
    client.denied.add('create services');
    expect(await problemsIn(client, service)).toEqual([]);
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
        await problemsIn(
          client,
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
      await problemsIn(client, {
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
      await problemsIn(client, {
        ...deployment,
        spec: { ...(deployment.spec as object), replicas: 2 },
      }),
    ).toEqual([]);
  });

  it('refuses a ScaledObject whose workload is nowhere', async () => {
    expect(await problemsIn(client, scaledObject())).toEqual([
      expect.stringContaining(
        'it scales Deployment betting/odds, which is neither in the manifests nor on the cluster',
      ),
    ]);
    client.seed(inBetting(deployment));
    expect(await problemsIn(client, scaledObject())).toEqual([]);
  });

  it('reports everything that is wrong with a trigger', async () => {
    expect(
      await problemsIn(
        client,
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
    expect(await problemsIn(client, serviceMonitor)).toEqual([
      expect.stringContaining(
        'no Prometheus selects it: there is none on the cluster',
      ),
    ]);
    client.seed(inBetting(prometheus));
    expect(await problemsIn(client, serviceMonitor)).toEqual([]);
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
    expect(await problemsIn(client, serviceMonitor)).toEqual([
      expect.stringContaining(
        'Prometheus monitoring/central selects every ServiceMonitor with app.kubernetes.io/name=odds of its own namespace monitoring; this one is in betting',
      ),
    ]);
    client.seed(elsewhere({}));
    expect(await problemsIn(client, serviceMonitor)).toEqual([]);
  });

  it('says who holds a node port', async () => {
    const exposed = (name: string) => ({
      ...service,
      metadata: { name },
      spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30901 }] },
    });
    client.seed(inBetting(exposed('first')));
    expect(await problemsIn(client, exposed('second'))).toEqual([
      expect.stringContaining(
        'node port TCP 30901 is taken by Service betting/first',
      ),
    ]);
    expect(await problemsIn(client, exposed('first'))).toEqual([]);
  });
});
