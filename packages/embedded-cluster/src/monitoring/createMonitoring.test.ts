import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { MonitoringFixture } from './__testUtils__/MonitoringFixture';

/** Objects of the real operator for a Prometheus named `odds`. */
const recorded: {
  pod: KubernetesObject;
  service: KubernetesObject & { spec: { ports: unknown; selector: unknown } };
  secret: KubernetesObject;
  prometheuses: KubernetesObject[];
} = JSON.parse(
  readFileSync(join(__dirname, '__fixtures__', 'operator-0.93.json'), 'utf8'),
);

describe('createMonitoring', () => {
  let fixture: MonitoringFixture;
  beforeEach(async () => {
    fixture = await MonitoringFixture.start();
  });
  afterEach(() => fixture.stop());
  afterAll(() => MonitoringFixture.cleanUp());

  describe('for a Prometheus', () => {
    it('makes configuration, Service and pod with the labels of the real ones', async () => {
      fixture.monitor('odds-api');
      fixture.prometheus({}, 'odds');
      await fixture.settle();
      const pod = fixture.get('v1', 'Pod', 'prometheus-odds-0');
      const { 'controller-revision-hash': revision, ...labels } =
        pod.metadata.labels;
      const {
        'controller-revision-hash': realRevision,
        'statefulset.kubernetes.io/pod-name': ofStatefulSet,
        ...realLabels
      } = recorded.pod.metadata.labels ?? {};
      expect(labels).toEqual(realLabels);
      expect(revision).toMatch(/^prometheus-odds-[a-z0-9]{10}$/);
      expect([realRevision, ofStatefulSet]).not.toContain(undefined);
      const service = fixture.get('v1', 'Service', 'prometheus-operated');
      expect(service.metadata.labels).toEqual(recorded.service.metadata.labels);
      expect(service.spec).toMatchObject({
        clusterIP: 'None',
        ports: recorded.service.spec.ports,
        selector: recorded.service.spec.selector,
      });
      expect(fixture.get('v1', 'Secret', 'prometheus-odds')).toMatchObject({
        type: 'Opaque',
        metadata: { labels: recorded.secret.metadata.labels },
      });
      expect(fixture.jobs('odds')).toEqual([
        'serviceMonitor/betting/odds-api/0',
      ]);
    });

    it('has the status of the real one once its pod is ready', async () => {
      fixture.monitor('odds-api');
      fixture.prometheus({}, 'odds');
      await fixture.settle();
      fixture.podStatus('prometheus-odds-0', true);
      await fixture.settle();
      const real = recorded.prometheuses.find(
        ({ metadata }) => metadata.name === 'odds',
      );
      const untimed = (status: unknown) =>
        JSON.parse(
          JSON.stringify(status, (key, value) =>
            key === 'lastTransitionTime' ? 'some time' : value,
          ),
        );
      expect(untimed(fixture.status('odds'))).toEqual(untimed(real?.status));
    });

    it('is not available while its pod is not ready, and says why', async () => {
      fixture.monitor('odds-api');
      fixture.prometheus();
      await fixture.settle();
      expect(fixture.condition('Available')).toBe('False NoPodReady');
      fixture.podStatus('prometheus-odds-api-0', false);
      await fixture.settle();
      expect(fixture.condition('Available')).toBe(
        'False NoPodReady shard 0: pod prometheus-odds-api-0: containers with unready status: [prometheus]',
      );
      expect(fixture.condition('Reconciled')).toBe('True');
    });

    it('is degraded while only some of its pods are ready', async () => {
      fixture.prometheus({ replicas: 2 });
      await fixture.settle();
      fixture.podStatus('prometheus-odds-api-1', true);
      await fixture.settle();
      expect(fixture.condition('Available')).toBe('Degraded SomePodsNotReady');
      expect(fixture.status()).toMatchObject({
        replicas: 2,
        availableReplicas: 1,
        unavailableReplicas: 1,
      });
    });

    it('says so where nothing is selected', async () => {
      fixture.prometheus({
        serviceMonitorSelector: { matchLabels: { a: 'b' } },
      });
      fixture.monitor('odds-api');
      await fixture.settle();
      expect(fixture.condition('Reconciled')).toMatch(
        /^True NoSelectedResources No ServiceMonitor, /,
      );
      expect(fixture.config().scrape_configs).toEqual([]);
    });

    it('fails to reconcile with a serviceName that names no Service, until it comes', async () => {
      fixture.prometheus({ serviceName: 'own' });
      await fixture.settle();
      expect(fixture.condition('Reconciled')).toBe(
        'False ReconciliationFailed failed to get custom governing service betting/own: services "own" not found',
      );
      expect(fixture.get('v1', 'Pod', 'prometheus-odds-api-0')).toBeUndefined();
      fixture.create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'own', namespace: 'betting' },
        spec: {
          selector: { prometheus: 'odds-api' },
          ports: [{ name: 'web', port: 9090 }],
        },
      });
      await fixture.settle();
      expect(fixture.condition('Reconciled')).toMatch(/^True/);
      expect(
        fixture.get('v1', 'Pod', 'prometheus-odds-api-0').spec.subdomain,
      ).toBe('own');
    });

    it('refuses a serviceName whose Service selects other pods', async () => {
      fixture.create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'own', namespace: 'betting' },
        spec: { selector: { app: 'other' }, ports: [{ port: 9090 }] },
      });
      fixture.prometheus({ serviceName: 'own' });
      await fixture.settle();
      expect(fixture.condition('Reconciled')).toMatch(
        /^False ReconciliationFailed custom governing service betting\/own with selector "app=other" does not select pods/,
      );
    });

    it('waits for its ServiceAccount, with an event in the meantime', async () => {
      fixture.prometheus({ serviceAccountName: 'missing' });
      await fixture.settle();
      expect(fixture.condition('Available')).toBe('False NoPodReady');
      expect(fixture.events.at(-1)).toMatchObject({
        reason: 'FailedCreate',
        message: expect.stringContaining(
          'error looking up service account betting/missing: serviceaccount "missing" not found',
        ),
      });
      fixture.create({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'missing', namespace: 'betting' },
      });
      await fixture.settle();
      expect(fixture.get('v1', 'Pod', 'prometheus-odds-api-0')).toMatchObject({
        spec: { serviceAccountName: 'missing' },
      });
    });

    it('does nothing while it is paused, and says that it is', async () => {
      fixture.prometheus({ paused: true });
      await fixture.settle();
      expect(fixture.get('v1', 'Pod', 'prometheus-odds-api-0')).toBeUndefined();
      expect(fixture.status().paused).toBe(true);
      expect(fixture.condition('Available')).toMatch(/^False NoPodReady/);
      fixture.patch('Prometheus', 'odds-api', { spec: { paused: false } });
      await fixture.settle();
      expect(
        fixture.get('v1', 'Pod', 'prometheus-odds-api-0'),
      ).not.toBeUndefined();
      expect(fixture.status().paused).toBe(false);
    });

    it.each([
      [{ thanos: {} }, 'spec.thanos'],
      [{ remoteWrite: [{ url: 'http://x' }] }, 'spec.remoteWrite'],
      [{ shards: 2 }, 'spec.shards above 1'],
      [
        { storage: { volumeClaimTemplate: { spec: {} } } },
        'spec.storage.volumeClaimTemplate',
      ],
    ])('names what it does not have: %j', async (spec, field) => {
      fixture.prometheus(spec);
      await fixture.settle();
      expect(fixture.condition('Reconciled')).toContain(
        `False ReconciliationFailed the embedded cluster does not have ${field} of Prometheus`,
      );
      expect(fixture.status().conditions[1].observedGeneration).toBe(1);
    });

    it('replaces its pod when the object changes, and makes it anew when it is deleted', async () => {
      fixture.prometheus();
      await fixture.settle();
      const first = fixture.get('v1', 'Pod', 'prometheus-odds-api-0');
      fixture.delete('v1', 'Pod', 'prometheus-odds-api-0');
      await fixture.settle();
      const second = fixture.get('v1', 'Pod', 'prometheus-odds-api-0');
      expect(second.metadata.uid).not.toBe(first.metadata.uid);
      fixture.patch('Prometheus', 'odds-api', {
        spec: { podMetadata: { labels: { team: 'odds' } } },
      });
      await fixture.settle();
      const deleting = fixture.get('v1', 'Pod', 'prometheus-odds-api-0');
      if (deleting?.metadata.deletionTimestamp) {
        // Nobody runs it here: the kubelet's part is the test's.
        fixture.delete('v1', 'Pod', 'prometheus-odds-api-0');
        await fixture.settle();
      }
      const third = fixture.get('v1', 'Pod', 'prometheus-odds-api-0');
      expect(third.metadata.labels.team).toBe('odds');
      expect(third.metadata.uid).not.toBe(second.metadata.uid);
    });

    it('shares one prometheus-operated Service with the others of its namespace', async () => {
      fixture.prometheus({}, 'one');
      fixture.prometheus({}, 'two');
      await fixture.settle();
      const { ownerReferences } = fixture.get(
        'v1',
        'Service',
        'prometheus-operated',
      ).metadata;
      expect(ownerReferences.map(({ name }: { name: string }) => name)).toEqual(
        ['one', 'two'],
      );
    });
  });

  describe('for ServiceMonitors', () => {
    it('follows those that come, change and go', async () => {
      fixture.prometheus();
      await fixture.settle();
      fixture.monitor('odds-api');
      await fixture.settle();
      expect(fixture.jobs()).toEqual(['serviceMonitor/betting/odds-api/0']);
      fixture.patch('ServiceMonitor', 'odds-api', {
        spec: { endpoints: [{ port: 'http' }, { port: 'admin' }] },
      });
      await fixture.settle();
      expect(fixture.jobs()).toEqual([
        'serviceMonitor/betting/odds-api/0',
        'serviceMonitor/betting/odds-api/1',
      ]);
      fixture.delete('monitoring.coreos.com/v1', 'ServiceMonitor', 'odds-api');
      await fixture.settle();
      expect(fixture.jobs()).toEqual([]);
    });

    it.each([
      ['no namespace selector', undefined, ['betting/a']],
      ['an empty namespace selector', {}, ['betting/a', 'trading/b', 'desk/c']],
      [
        'a namespace selector',
        { matchLabels: { scraped: 'yes' } },
        ['trading/b'],
      ],
    ])(
      'selects with %s',
      async (_, serviceMonitorNamespaceSelector, expected) => {
        fixture.namespace('trading', { scraped: 'yes' });
        fixture.namespace('desk');
        fixture.monitor('a');
        fixture.monitor('b', { namespace: 'trading' });
        fixture.monitor('c', { namespace: 'desk' });
        fixture.prometheus(
          serviceMonitorNamespaceSelector === undefined
            ? {}
            : { serviceMonitorNamespaceSelector },
        );
        await fixture.settle();
        expect(fixture.jobs().sort()).toEqual(
          expected.map(name => `serviceMonitor/${name}/0`).sort(),
        );
      },
    );

    it('follows a namespace that begins to match', async () => {
      fixture.namespace('trading');
      fixture.monitor('b', { namespace: 'trading' });
      fixture.prometheus({
        serviceMonitorNamespaceSelector: { matchLabels: { scraped: 'yes' } },
      });
      await fixture.settle();
      expect(fixture.jobs()).toEqual([]);
      fixture.objects.patch(
        fixture.objects.typeOf('v1', 'Namespace')!,
        { name: 'trading' },
        { type: 'merge', body: { metadata: { labels: { scraped: 'yes' } } } },
        { manager: 'test' },
      );
      await fixture.settle();
      expect(fixture.jobs()).toEqual(['serviceMonitor/trading/b/0']);
    });

    it('leaves one out that asks for what nobody here has, with an event', async () => {
      fixture.monitor('odds-api');
      fixture.monitor('secret', {
        endpoint: { basicAuth: { username: { name: 's', key: 'k' } } },
      });
      fixture.prometheus();
      await fixture.settle();
      expect(fixture.jobs()).toEqual(['serviceMonitor/betting/odds-api/0']);
      expect(fixture.events).toContainEqual(
        expect.objectContaining({
          type: 'Warning',
          reason: 'InvalidConfiguration',
          message:
            '"betting/secret" was rejected due to invalid configuration: the embedded cluster does not have endpoints[0].basicAuth of ServiceMonitors; leave it out, or use a real cluster',
        }),
      );
    });
  });

  it.each(['PodMonitor', 'Probe', 'PrometheusRule'])(
    'answers 501 to a %s',
    kind => {
      expect(() =>
        fixture.create({
          apiVersion: 'monitoring.coreos.com/v1',
          kind,
          metadata: { name: 'x', namespace: 'betting' },
          spec:
            kind === 'PodMonitor'
              ? { selector: {}, podMetricsEndpoints: [] }
              : {},
        }),
      ).toThrow(expect.objectContaining({ code: 501 }));
    },
  );
});
