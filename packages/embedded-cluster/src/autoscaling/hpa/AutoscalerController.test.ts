import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AutoscalingFixture,
  REAL_TIMING,
} from '../__testUtils__/AutoscalingFixture';

interface RecordedAutoscaler {
  spec: Record<string, unknown> & { scaleTargetRef: { name: string } };
  status: Record<string, unknown> & {
    conditions: Record<string, string>[];
    currentReplicas?: number;
  };
  events: { type: string; reason: string; message: string }[];
}

/** States of autoscalers on a real Kubernetes 1.36.3 with KEDA 2.20.2, without times, 40 s after they were made. */
const recorded: Record<string, RecordedAutoscaler> = JSON.parse(
  readFileSync(
    join(__dirname, '..', '__fixtures__', 'autoscaler-states.json'),
    'utf8',
  ),
);

/** Replicas that the recorded Deployments were made with. */
const STARTED_WITH: Record<string, number> = { zero: 0, above: 8 };

describe('AutoscalerController', () => {
  let fixture: AutoscalingFixture;
  afterEach(() => fixture.stop());

  function autoscaler(
    name: string,
    spec: Record<string, unknown>,
    annotations = {},
  ): void {
    fixture.create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, namespace: 'betting', annotations },
      spec: {
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        ...spec,
      },
    });
  }

  function statusOf(name: string) {
    return fixture.get('autoscaling/v2', 'HorizontalPodAutoscaler', name)
      .status;
  }

  function pod(name: string, app: string): void {
    fixture.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'betting', labels: { app } },
      spec: { containers: [{ name: 'service', image: 'service' }] },
    });
  }

  const cpu = [
    {
      type: 'Resource',
      resource: {
        name: 'cpu',
        target: { type: 'Utilization', averageUtilization: 50 },
      },
    },
  ];

  describe('beside a real one', () => {
    beforeEach(async () => {
      fixture = await AutoscalingFixture.start(REAL_TIMING);
    });

    it.each(Object.keys(recorded).filter(name => !name.startsWith('twice')))(
      'comes to the same status and records the same events: %s',
      async name => {
        const real = recorded[name];
        const target = real.spec.scaleTargetRef.name;
        if (target !== 'nobody') {
          fixture.deployment(target, STARTED_WITH[name] ?? 1);
        }
        autoscaler(name, real.spec);
        await fixture.advance(31);
        const { lastScaleTime, ...status } = statusOf(name);
        const conditions = status.conditions.map(
          ({ lastTransitionTime, ...condition }: Record<string, string>) => {
            expect(lastTransitionTime).toMatch(/Z$/);
            return condition;
          },
        );
        expect({ ...status, conditions }).toEqual(real.status);
        expect(lastScaleTime === undefined).toBe(
          !['above', 'below'].includes(name),
        );
        const events = fixture.events
          .filter(({ object }) => object.kind === 'HorizontalPodAutoscaler')
          .map(({ type, reason, message }) => ({ type, reason, message }));
        expect(new Set(events.map(each => JSON.stringify(each)))).toEqual(
          new Set(real.events.map(each => JSON.stringify(each))),
        );
      },
    );

    it('stops when another autoscaler selects the same pods, as the real one does', async () => {
      fixture.deployment('twice', 1);
      pod('twice-1', 'twice');
      const { spec, status, events } = recorded['twice-b'];
      autoscaler('twice-a', spec);
      autoscaler('twice-b', spec);
      await fixture.advance(31);
      expect(statusOf('twice-b')).toMatchObject(status);
      expect(fixture.events.map(({ message }) => message)).toEqual(
        expect.arrayContaining(events.map(({ message }) => message)),
      );
      expect(statusOf('twice-a').conditions[1].reason).toBe(
        'AmbiguousSelector',
      );
    });

    it('does not look again before its period is over, even if its spec changes', async () => {
      fixture.deployment('slow', 1);
      autoscaler('slow', { minReplicas: 1, metrics: cpu });
      await fixture.advance(16);
      fixture.objects.patch(
        fixture.objects.typeOf('autoscaling/v2', 'HorizontalPodAutoscaler')!,
        { namespace: 'betting', name: 'slow' },
        { type: 'merge', body: { spec: { minReplicas: 3 } } },
        { manager: 'test' },
      );
      await fixture.advance(13);
      expect(fixture.replicas('slow')).toBe(1);
      await fixture.advance(2);
      expect(fixture.replicas('slow')).toBe(3);
    });
  });

  describe('in the embedded cluster', () => {
    beforeEach(async () => {
      fixture = await AutoscalingFixture.start();
    });

    it('brings replicas into the bounds after a second, and looks at metrics after eight', async () => {
      fixture.deployment('quick', 1);
      autoscaler('quick', { minReplicas: 2, metrics: cpu });
      await fixture.advance(1);
      expect(fixture.replicas('quick')).toBe(2);
      await fixture.advance(6);
      expect(fixture.eventReasons('HorizontalPodAutoscaler', 'quick')).toEqual([
        'SuccessfulRescale',
      ]);
      await fixture.advance(1);
      expect(fixture.eventReasons('HorizontalPodAutoscaler', 'quick')).toEqual([
        'SuccessfulRescale',
        'FailedGetResourceMetric',
        'FailedComputeMetricsReplicas',
      ]);
    });

    it('decides within half a second of the first metric, and warns of none that is only late', async () => {
      fixture.answer = () => 'empty';
      fixture.deployment('early', 2);
      fixture.scaledObject('early', {
        triggers: [fixture.trigger('early', { ignoreNullValues: 'false' })],
        fallback: { failureThreshold: 1, replicas: 6 },
      });
      await fixture.advance(5);
      expect(
        fixture
          .hpa('early')
          .status?.conditions?.map(({ type }: { type: string }) => type) ?? [],
      ).not.toContain('ScalingActive');
      fixture.answer = () => 400;
      await fixture.advance(0.5);
      expect(fixture.replicas('early')).toBe(4);
      expect(
        fixture.eventReasons('HorizontalPodAutoscaler', 'keda-hpa-early'),
      ).toEqual(['SuccessfulRescale']);
      // Looking whether it is there counts as no failure to read it.
      const { status } = fixture.get(
        'keda.sh/v1alpha1',
        'ScaledObject',
        'early',
      );
      expect(fixture.conditions({ status }).Fallback).not.toMatch(/^True/);
    });

    it('looks again soon while a young autoscaler has not read its metric, then every 15 s', async () => {
      fixture.answer = () => 'fail';
      fixture.deployment('young', 2);
      fixture.scaledObject('young', { triggers: [fixture.trigger('young')] });
      await fixture.advance(9);
      const active = () =>
        fixture
          .hpa('young')
          .status.conditions.find(
            (condition: { type: string }) => condition.type === 'ScalingActive',
          ).reason;
      expect(active()).toBe('FailedGetExternalMetric');
      fixture.answer = () => 150;
      await fixture.advance(0.5);
      expect(active()).toBe('ValidMetricFound');
      fixture.answer = () => 1000;
      await fixture.advance(14.5);
      expect(fixture.replicas('young')).toBe(2);
      await fixture.advance(0.5);
      expect(fixture.replicas('young')).toBeGreaterThan(2);
    });

    it('reports a scale that is refused, and remembers nothing of it', async () => {
      fixture.deployment('refused', 1);
      autoscaler('refused', { minReplicas: 2, metrics: cpu });
      const stored = fixture.objects as unknown as {
        addAdmission(admit: (request: { subresource?: string }) => void): void;
      };
      let refuse = true;
      stored.addAdmission(({ subresource }) => {
        if (refuse && subresource === 'scale') {
          throw new Error('a test refuses it');
        }
      });
      await fixture.advance(1);
      expect(fixture.replicas('refused')).toBe(1);
      const [condition] = statusOf('refused').conditions;
      expect(condition).toMatchObject({
        type: 'AbleToScale',
        status: 'False',
        reason: 'FailedUpdateScale',
      });
      expect(fixture.events[0]).toMatchObject({
        type: 'Warning',
        reason: 'FailedRescale',
        message: expect.stringMatching(/^New size: 2; reason: .*; error: /),
      });
      refuse = false;
      await fixture.advance(7);
      expect(fixture.replicas('refused')).toBe(2);
    });

    it('forgets an autoscaler that was deleted, and begins anew with its namesake', async () => {
      fixture.deployment('anew', 4);
      autoscaler('anew', { minReplicas: 1, metrics: cpu });
      await fixture.advance(9);
      const type = fixture.objects.typeOf(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
      )!;
      fixture.objects.delete(type, { namespace: 'betting', name: 'anew' }, {});
      await fixture.advance(60);
      const before = fixture.events.length;
      autoscaler('anew', { minReplicas: 5, metrics: cpu });
      await fixture.advance(1);
      expect(fixture.replicas('anew')).toBe(5);
      expect(fixture.events.length).toBe(before + 1);
    });

    it('takes the metric that asks for most, and none down while one of them fails', async () => {
      let second: number | 'fail' = 'fail';
      fixture.answer = url =>
        url.searchParams.get('query') === 'second' ? second : 90;
      fixture.deployment('two', 4);
      fixture.scaledObject('two', {
        minReplicaCount: 1,
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
          },
        },
        triggers: [
          fixture.trigger('two'),
          fixture.trigger('two', { query: 'second' }),
        ],
      });
      await fixture.advance(9);
      expect(fixture.replicas('two')).toBe(4);
      expect(fixture.hpa('two').status.currentMetrics).toMatchObject([
        { external: { current: { averageValue: '22500m' } } },
        { type: '' },
      ]);
      second = 250;
      await fixture.advance(15);
      expect(fixture.replicas('two')).toBe(3);
      second = 830;
      await fixture.advance(15);
      expect(fixture.replicas('two')).toBe(7);
      expect(fixture.events.at(-1)?.message).toContain(
        'New size: 7; reason: external metric s1-prometheus(',
      );
    });

    it('divides a total by its target and multiplies with the ready pods', async () => {
      fixture.answer = () => 300;
      fixture.deployment('total', 2);
      for (const name of ['total-1', 'total-2']) {
        pod(name, 'total');
        const type = fixture.objects.typeOf('v1', 'Pod')!;
        fixture.objects.update(
          type,
          { namespace: 'betting', name },
          {
            ...fixture.get('v1', 'Pod', name),
            status: {
              phase: 'Running',
              conditions: [{ type: 'Ready', status: 'True' }],
            },
          },
          { manager: 'kubelet', subresource: 'status' },
        );
      }
      fixture.scaledObject('total', {
        triggers: [{ ...fixture.trigger('total'), metricType: 'Value' }],
      });
      await fixture.advance(9);
      expect(fixture.hpa('total').spec.metrics[0].external.target).toEqual({
        type: 'Value',
        value: '100',
      });
      expect(fixture.replicas('total')).toBe(4);
      expect(
        fixture.hpa('total').status.currentMetrics[0].external.current,
      ).toEqual({ value: '300' });
    });

    it('does not hold the replicas up because somebody had scaled beyond the maximum', async () => {
      fixture.answer = () => 250;
      fixture.deployment('beyond', 12);
      fixture.scaledObject('beyond', {
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: { scaleDown: { stabilizationWindowSeconds: 5 } },
          },
        },
      });
      await fixture.advance(1);
      expect(fixture.replicas('beyond')).toBe(10);
      await fixture.advance(16);
      expect(fixture.replicas('beyond')).toBe(3);
    });
  });
});
