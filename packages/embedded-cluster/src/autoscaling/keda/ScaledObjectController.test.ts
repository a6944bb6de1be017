import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  AutoscalingFixture,
  type ScriptedAnswer,
} from '../__testUtils__/AutoscalingFixture';

interface RecordedScaledObject {
  metadata: KubernetesObject['metadata'];
  spec: Record<string, unknown> & { scaleTargetRef: { name: string } };
  status: Record<string, unknown>;
  autoscaler?: { metadata: object; owner: object; spec: object };
  events: { type: string; reason: string; action: string; message: string }[];
}

const recorded: Record<string, RecordedScaledObject> = JSON.parse(
  readFileSync(
    join(__dirname, '..', '__fixtures__', 'scaledobject-states.json'),
    'utf8',
  ),
);

/** Without times, and with counts as the recording has them. */
function comparable(status: Record<string, unknown>): unknown {
  return JSON.parse(
    JSON.stringify(status, (key, value) => {
      if (key === 'lastActiveTime') {
        return 'some time';
      }
      return key === 'numberOfFailures' && value > 3 ? 'many' : value;
    }),
  );
}

function byType(conditions: unknown): unknown {
  return Array.isArray(conditions)
    ? [...conditions].sort((a, b) => (a.type < b.type ? -1 : 1))
    : conditions;
}

describe('ScaledObjectController', () => {
  let fixture: AutoscalingFixture;
  beforeEach(async () => {
    fixture = await AutoscalingFixture.start();
  });
  afterEach(() => fixture.stop());

  function scaledObject(name: string) {
    return fixture.get('keda.sh/v1alpha1', 'ScaledObject', name);
  }

  describe('comes to the state of a recorded one', () => {
    /** Makes the object as it was made, without what KEDA added to it. */
    function make(
      state: RecordedScaledObject,
      { paused = false } = {},
    ): string {
      const { name, annotations = {} } = state.metadata;
      const { scalingModifiers, ...advanced } = (state.spec.advanced ??
        {}) as Record<string, unknown>;
      expect(scalingModifiers ?? {}).toEqual({});
      fixture.create({
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: {
          name,
          namespace: 'betting',
          ...(paused ? {} : { annotations }),
        },
        spec: {
          ...state.spec,
          ...(Object.keys(advanced).length > 0 && { advanced }),
        },
      });
      return name;
    }

    function expectState(state: RecordedScaledObject, name: string): void {
      const { metadata, spec, status } = scaledObject(name);
      expect(metadata).toMatchObject({
        finalizers: state.metadata.finalizers,
        labels: state.metadata.labels,
      });
      expect(spec).toEqual(state.spec);
      expect(
        comparable({ ...status, conditions: byType(status.conditions) }),
      ).toEqual({
        ...state.status,
        conditions: byType(state.status.conditions),
      });
      const autoscaler = fixture.hpa(name);
      if (state.autoscaler) {
        expect(autoscaler.metadata).toMatchObject(state.autoscaler.metadata);
        expect(autoscaler.metadata.ownerReferences).toEqual([
          { ...state.autoscaler.owner, uid: metadata.uid },
        ]);
        expect(autoscaler.spec).toEqual(state.autoscaler.spec);
      }
      const events = fixture.events
        .filter(({ object }) => object.kind === 'ScaledObject')
        .map(({ type, reason, action, message }) => ({
          type,
          reason,
          action,
          message,
        }));
      for (const event of state.events) {
        expect(events).toContainEqual(event);
      }
    }

    it.each<[string, ScriptedAnswer, number]>([
      ['fresh-settled', 0, 40],
      ['empty-query-default', 'empty', 40],
      ['empty-query-strict-no-fallback', 'empty', 70],
      ['empty-query-strict-fallback', 'empty', 150],
      ['min-zero-idle', 0, 60],
      ['missing-query', 0, 10],
    ])('%s', async (name, answer, seconds) => {
      expect.hasAssertions();
      fixture.answer = () => answer;
      const state = recorded[name];
      fixture.deployment(state.spec.scaleTargetRef.name, 1);
      const made = make(state);
      await fixture.advance(seconds);
      expectState(state, made);
    });

    it('target-missing', async () => {
      expect.hasAssertions();
      const made = make(recorded['target-missing']);
      await fixture.advance(3);
      expectState(recorded['target-missing'], made);
    });

    it.each([
      'prometheus-down-no-fallback',
      'prometheus-down-ignorenull-default',
      'prometheus-down-fallback',
      'prometheus-down-fallback-ifhigher',
    ])('%s', async name => {
      expect.hasAssertions();
      fixture.answer = () => 0;
      const state = recorded[name];
      fixture.deployment(state.spec.scaleTargetRef.name, 1);
      const made = make(state);
      await fixture.advance(40);
      fixture.answer = () => 'unreachable';
      await fixture.advance(150);
      expectState(state, made);
    });

    it.each([
      'paused',
      'paused-replicas',
      'paused-scale-in',
      'paused-scale-out',
    ])('%s', async name => {
      expect.hasAssertions();
      fixture.answer = () => 0;
      const state = recorded[name];
      fixture.deployment(state.spec.scaleTargetRef.name, 1);
      const made = make(state, { paused: true });
      await fixture.advance(40);
      fixture.annotate(
        made,
        Object.fromEntries(Object.entries(state.metadata.annotations ?? {})),
      );
      await fixture.advance(40);
      expectState(state, made);
      expect(fixture.hpa(made) === undefined).toBe(
        state.autoscaler === undefined,
      );
      expect(fixture.replicas(made)).toBe(name === 'paused-replicas' ? 3 : 2);
    });
  });

  it('is ready, active and followed by its autoscaler within ten seconds', async () => {
    fixture.answer = () => 350;
    fixture.deployment('odds-api', 1);
    fixture.scaledObject('odds-api');
    await fixture.advance(1);
    expect(fixture.conditions(scaledObject('odds-api'))).toEqual({
      Ready: 'True ScaledObjectReady',
      Active: 'True ScalerActive',
      Fallback: 'False NoFallbackFound',
      Paused: 'False',
    });
    await fixture.advance(8);
    expect(fixture.conditions(scaledObject('odds-api'))).toMatchObject({
      HPAActive: 'True HPAActive',
    });
    expect(fixture.replicas('odds-api')).toBe(4);
  });

  it('finds a target that comes later', async () => {
    fixture.scaledObject('late');
    await fixture.advance(5);
    expect(fixture.conditions(scaledObject('late')).Ready).toBe(
      'False ScaledObjectCheckFailed',
    );
    fixture.deployment('late', 1);
    await fixture.advance(10);
    expect(fixture.conditions(scaledObject('late')).Ready).toBe(
      'True ScaledObjectReady',
    );
    expect(fixture.hpa('late')).not.toBeUndefined();
  });

  it('changes its autoscaler with its spec, and puts back what others change', async () => {
    fixture.deployment('odds-api', 1);
    fixture.scaledObject('odds-api');
    await fixture.advance(1);
    const type = fixture.objects.typeOf('keda.sh/v1alpha1', 'ScaledObject')!;
    fixture.objects.patch(
      type,
      { namespace: 'betting', name: 'odds-api' },
      { type: 'merge', body: { spec: { maxReplicaCount: 20 } } },
      { manager: 'test' },
    );
    await fixture.advance(1);
    expect(fixture.hpa('odds-api').spec.maxReplicas).toBe(20);
    const hpaType = fixture.objects.typeOf(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
    )!;
    fixture.objects.patch(
      hpaType,
      { namespace: 'betting', name: 'keda-hpa-odds-api' },
      { type: 'merge', body: { spec: { maxReplicas: 99 } } },
      { manager: 'somebody' },
    );
    await fixture.advance(1);
    expect(fixture.hpa('odds-api').spec.maxReplicas).toBe(20);
    fixture.objects.delete(
      hpaType,
      { namespace: 'betting', name: 'keda-hpa-odds-api' },
      {},
    );
    await fixture.advance(1);
    expect(fixture.hpa('odds-api').spec.maxReplicas).toBe(20);
  });

  it.each([
    ['0.0625', '62m'],
    ['0.1875', '188m'],
    ['0.0635', '64m'],
    ['250', '250'],
  ])('makes of the threshold %s the target %s', async (threshold, target) => {
    fixture.deployment('odds-api', 1);
    fixture.scaledObject('odds-api', {
      triggers: [fixture.trigger('odds-api', { threshold })],
    });
    await fixture.advance(1);
    expect(fixture.hpa('odds-api').spec.metrics[0].external.target).toEqual({
      type: 'AverageValue',
      averageValue: target,
    });
  });

  it('copies labels and annotations to the autoscaler, but those that are excluded', async () => {
    fixture.deployment('odds-api', 1);
    fixture.scaledObject(
      'odds-api',
      {},
      {
        labels: { team: 'odds', secret: 'x' },
        annotations: {
          note: 'kept',
          'scaledobject.keda.sh/hpa-excluded-labels': 'secret',
        },
      },
    );
    await fixture.advance(1);
    const { labels, annotations } = fixture.hpa('odds-api').metadata;
    expect(labels).toMatchObject({
      team: 'odds',
      'app.kubernetes.io/managed-by': 'keda-operator',
    });
    expect(labels.secret).toBeUndefined();
    expect(annotations.note).toBe('kept');
  });

  it('renames its autoscaler by making a new one', async () => {
    fixture.deployment('odds-api', 1);
    fixture.scaledObject('odds-api');
    await fixture.advance(1);
    fixture.objects.patch(
      fixture.objects.typeOf('keda.sh/v1alpha1', 'ScaledObject')!,
      { namespace: 'betting', name: 'odds-api' },
      {
        type: 'merge',
        body: {
          spec: {
            advanced: { horizontalPodAutoscalerConfig: { name: 'mine' } },
          },
        },
      },
      { manager: 'test' },
    );
    await fixture.advance(1);
    expect(fixture.hpa('odds-api')).toBeUndefined();
    expect(
      fixture.get('autoscaling/v2', 'HorizontalPodAutoscaler', 'mine'),
    ).not.toBeUndefined();
    expect(scaledObject('odds-api').status.hpaName).toBe('mine');
  });

  it('begins again when a pause ends', async () => {
    fixture.answer = () => 0;
    fixture.deployment('odds-api', 2);
    fixture.scaledObject('odds-api');
    await fixture.advance(10);
    fixture.annotate('odds-api', {
      'autoscaling.keda.sh/paused-replicas': '5',
    });
    await fixture.advance(1);
    expect(fixture.replicas('odds-api')).toBe(5);
    expect(fixture.hpa('odds-api')).toBeUndefined();
    const asked = fixture.queries.length;
    await fixture.advance(120);
    expect(fixture.queries.length).toBe(asked);
    fixture.annotate('odds-api', {
      'autoscaling.keda.sh/paused-replicas': null,
    });
    await fixture.advance(1);
    expect(fixture.hpa('odds-api')).not.toBeUndefined();
    expect(scaledObject('odds-api').status.pausedReplicaCount).toBeUndefined();
    expect(fixture.conditions(scaledObject('odds-api')).Paused).toBe(
      'False ScaledObjectUnpaused',
    );
    expect(fixture.eventReasons('ScaledObject', 'odds-api')).toEqual(
      expect.arrayContaining([
        'ScaledObjectPaused',
        'KEDAScalersStopped',
        'ScaledObjectUnpaused',
      ]),
    );
  });

  it('says that a pause at something else than a count cannot be followed', async () => {
    fixture.deployment('odds-api', 2);
    fixture.scaledObject(
      'odds-api',
      {},
      { annotations: { 'autoscaling.keda.sh/paused-replicas': 'three' } },
    );
    await fixture.advance(1);
    expect(scaledObject('odds-api').status.conditions[0].message).toBe(
      'failed to scale target to paused replica count: failed to parse paused replica count: strconv.ParseInt: parsing "three": invalid syntax',
    );
  });

  describe('with a minimum of 0', () => {
    it('wakes the target when a trigger is active, and lets it rest after the cooldown', async () => {
      let rate = 0;
      fixture.answer = () => rate;
      fixture.deployment('night', 0);
      fixture.scaledObject('night', {
        minReplicaCount: 0,
        pollingInterval: 5,
        cooldownPeriod: 60,
        triggers: [fixture.trigger('night', { activationThreshold: '10' })],
      });
      await fixture.advance(20);
      expect(fixture.replicas('night')).toBe(0);
      rate = 10;
      await fixture.advance(6);
      expect(fixture.replicas('night')).toBe(0);
      rate = 11;
      await fixture.advance(6);
      expect(fixture.replicas('night')).toBe(1);
      expect(
        fixture.events.find(
          ({ reason }) => reason === 'KEDAScaleTargetActivated',
        )?.message,
      ).toBe(
        'Scaled apps/v1.Deployment betting/night from 0 to 1, triggered by s0-prometheus',
      );
      rate = 0;
      await fixture.advance(30);
      expect(fixture.replicas('night')).toBe(1);
      expect(fixture.conditions(scaledObject('night')).Active).toBe(
        'False ScalerCooldown',
      );
      await fixture.advance(40);
      expect(fixture.replicas('night')).toBe(0);
    });

    it('stays awake as long as it is forced to', async () => {
      fixture.answer = () => 0;
      fixture.deployment('forced', 0);
      fixture.scaledObject(
        'forced',
        { minReplicaCount: 0, pollingInterval: 5, cooldownPeriod: 10 },
        { annotations: { 'autoscaling.keda.sh/force-activation': 'true' } },
      );
      await fixture.advance(60);
      expect(fixture.replicas('forced')).toBe(1);
      expect(scaledObject('forced').status.conditions[1].message).toBe(
        'Scaling is performed because activation is being forced by annotation',
      );
    });

    it('does not put a target to rest whose triggers cannot be read, where there is a fallback', async () => {
      fixture.answer = () => 'fail';
      fixture.deployment('blind', 1);
      fixture.scaledObject('blind', {
        minReplicaCount: 0,
        pollingInterval: 5,
        cooldownPeriod: 1,
        fallback: { failureThreshold: 3, replicas: 4 },
      });
      await fixture.advance(60);
      expect(fixture.replicas('blind')).toBe(4);
    });
  });

  it('goes to the idle count and back to the minimum', async () => {
    let rate = 0;
    fixture.answer = () => rate;
    fixture.deployment('idle', 3);
    fixture.scaledObject('idle', {
      idleReplicaCount: 0,
      pollingInterval: 5,
      cooldownPeriod: 10,
    });
    await fixture.advance(20);
    expect(fixture.replicas('idle')).toBe(0);
    rate = 50;
    await fixture.advance(6);
    expect(fixture.replicas('idle')).toBe(2);
  });

  it.each([
    ['static', 4, 4],
    ['currentReplicas', 4, 6],
    ['currentReplicasIfHigher', 4, 6],
    ['currentReplicasIfHigher', 8, 8],
    ['currentReplicasIfLower', 4, 4],
    ['currentReplicasIfLower', 8, 6],
  ])(
    'falls back by behavior %s with %d replicas to %d of 6',
    async (behavior, replicas, expected) => {
      let answer: ScriptedAnswer = 600;
      fixture.answer = () => answer;
      fixture.deployment('fall', 6);
      fixture.scaledObject('fall', {
        fallback: { failureThreshold: 3, replicas, behavior },
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
          },
        },
      });
      await fixture.advance(40);
      expect(fixture.replicas('fall')).toBe(6);
      answer = 'fail';
      await fixture.advance(90);
      expect(fixture.replicas('fall')).toBe(expected);
      answer = 600;
      await fixture.advance(60);
      expect(fixture.conditions(scaledObject('fall')).Fallback).toBe(
        'False NoFallbackFound',
      );
      expect(fixture.eventReasons('ScaledObject', 'fall')).toEqual(
        expect.arrayContaining([
          'ScaledObjectFallbackActivated',
          'ScaledObjectFallbackDeactivated',
        ]),
      );
    },
  );

  it('lets the original replicas come back when it is deleted, where that is asked for', async () => {
    fixture.answer = () => 600;
    fixture.deployment('restored', 3);
    fixture.scaledObject('restored', {
      advanced: { restoreToOriginalReplicaCount: true },
    });
    await fixture.advance(10);
    expect(fixture.replicas('restored')).toBe(6);
    fixture.objects.delete(
      fixture.objects.typeOf('keda.sh/v1alpha1', 'ScaledObject')!,
      { namespace: 'betting', name: 'restored' },
      {},
    );
    await fixture.advance(1);
    expect(scaledObject('restored')).toBeUndefined();
    expect(fixture.replicas('restored')).toBe(3);
    expect(fixture.events.at(-1)).toMatchObject({
      type: 'Warning',
      reason: 'ScaledObjectDeleted',
    });
  });

  it.each([
    [
      { triggers: [{ type: 'kafka', metadata: {} }] },
      'failed to ensure HPA is correctly created for ScaledObject: the embedded cluster has no scaler for trigger type "kafka"; it has prometheus only, use that or a real cluster with KEDA',
    ],
    [
      {
        advanced: {
          scalingModifiers: { formula: 'a + 1', target: '2' },
        },
      },
      'failed to ensure HPA is correctly created for ScaledObject: the embedded cluster does not have scalingModifiers; leave them out, or use a real cluster with KEDA',
    ],
  ])('says what it does not have: %j', async (spec, message) => {
    fixture.deployment('odds-api', 1);
    fixture.scaledObject('odds-api', spec);
    await fixture.advance(1);
    expect(scaledObject('odds-api').status.conditions[0]).toEqual({
      type: 'Ready',
      status: 'False',
      reason: 'ScaledObjectCheckFailed',
      message,
    });
  });

  it('asks with the credentials of a TriggerAuthentication, and follows a change of them after an error', async () => {
    const seen: (string | null)[] = [];
    let answer: ScriptedAnswer = 100;
    fixture.answer = () => answer;
    fixture.onRequest = headers => seen.push(headers.get('authorization'));
    fixture.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'betting' },
      data: { token: Buffer.from('token-4711').toString('base64') },
    });
    fixture.create({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: { name: 'login', namespace: 'betting' },
      spec: {
        secretTargetRef: [
          { parameter: 'bearerToken', name: 'login', key: 'token' },
        ],
      },
    });
    fixture.deployment('odds-api', 2);
    fixture.scaledObject('odds-api', {
      triggers: [
        {
          ...fixture.trigger('odds-api', { authModes: 'bearer' }),
          authenticationRef: { name: 'login' },
        },
      ],
    });
    await fixture.advance(1);
    expect(seen).toEqual(['Bearer token-4711']);
    expect(scaledObject('odds-api').status.authenticationsTypes).toBe('login');
    fixture.objects.patch(
      fixture.objects.typeOf('v1', 'Secret')!,
      { namespace: 'betting', name: 'login' },
      {
        type: 'merge',
        body: { data: { token: Buffer.from('token-4712').toString('base64') } },
      },
      { manager: 'test' },
    );
    answer = 'fail';
    await fixture.advance(40);
    expect(seen.at(-1)).toBe('Bearer token-4712');
    expect(JSON.stringify([fixture.events, fixture.log])).not.toMatch(
      /471[12]/,
    );
  });
});
