import { hasFixture, readFixture } from '../__testUtils__/fixtures';
import {
  autoscalerAt,
  autoscalerConditions,
  clock,
  failing,
  NOW,
  ok,
  scaledObjectView,
  verdictParts,
  workloadAt,
} from '../__testUtils__/verdictParts';
import { ScalingVerdict } from '../snapshot';
import { readAutoscaler } from '../views/readAutoscaler';
import { readScaledObject } from '../views/readScaledObject';
import { readWorkload } from '../views/readWorkload';
import { scalingVerdict } from './scalingVerdict';
import { VerdictParts } from './verdictFacts';

const CHECK_RATE =
  "Check that KEDA runs and that Prometheus at http://prometheus-odds-api.betting.svc:9090 answers the trigger's query.";

const notReady = (reason: string, message: string) => ({
  ...scaledObjectView,
  conditions: [{ type: 'Ready', status: 'False' as const, reason, message }],
});

describe('scalingVerdict', () => {
  it.each<[string, Partial<VerdictParts>, ScalingVerdict]>([
    [
      'holding between two levels',
      {},
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
      },
    ],
    [
      'holding at the maximum because that is what the rate asks for',
      {
        autoscaler: ok(autoscalerAt(10)),
        workload: ok(workloadAt(10)),
        requestsPerSecond: ok(1010),
      },
      {
        state: 'holding',
        sentence: 'Holding at 10, the maximum. One goes at 899 requests/s.',
      },
    ],
    [
      'holding while a replica is not ready',
      { workload: ok(workloadAt(3, 2)) },
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200. 2 of 3 replicas are ready.',
      },
    ],
    [
      'capped by the maximum',
      {
        autoscaler: ok(
          autoscalerAt(10, {
            conditions: autoscalerConditions({ limited: 'TooManyReplicas' }),
          }),
        ),
        workload: ok(workloadAt(10)),
        requestsPerSecond: ok(1240),
      },
      {
        state: 'atMaximum',
        sentence: 'At the maximum of 10: 1,240 requests/s would need 13.',
        nextStep:
          'Raise maxReplicas, or requestsPerSecondPerReplica if a replica can do more.',
      },
    ],
    [
      'capped by the maximum when the rate has fallen since',
      {
        autoscaler: ok(
          autoscalerAt(10, {
            conditions: autoscalerConditions({ limited: 'TooManyReplicas' }),
          }),
        ),
        workload: ok(workloadAt(10)),
        requestsPerSecond: ok(950),
      },
      {
        state: 'atMaximum',
        sentence: 'At the maximum of 10: the autoscaler last asked for more.',
        nextStep:
          'Raise maxReplicas, or requestsPerSecondPerReplica if a replica can do more.',
      },
    ],
    [
      'kept by the minimum',
      {
        autoscaler: ok(
          autoscalerAt(2, {
            conditions: autoscalerConditions({ limited: 'TooFewReplicas' }),
          }),
        ),
        workload: ok(workloadAt(2)),
        requestsPerSecond: ok(12),
      },
      {
        state: 'atMinimum',
        sentence:
          'At the minimum of 2. The next replica comes at 221 requests/s.',
      },
    ],
    [
      'scaling out',
      {
        autoscaler: ok(
          autoscalerAt(2, {
            desiredReplicas: 3,
            averageRequestsPerSecond: 124.973,
            conditions: autoscalerConditions({ able: 'SucceededRescale' }),
          }),
        ),
      },
      {
        state: 'scalingOut',
        sentence:
          'Scaling out from 2 to 3: the rate is 125 of 100 per replica.',
      },
    ],
    [
      'scaling out while the new replica starts',
      {
        autoscaler: ok(autoscalerAt(3, { lastScaleAt: NOW - 20 })),
        workload: ok(workloadAt(3, 2)),
      },
      { state: 'scalingOut', sentence: 'Scaling out to 3: 2 are ready.' },
    ],
    [
      'scaling in',
      {
        autoscaler: ok(
          autoscalerAt(3, {
            desiredReplicas: 2,
            averageRequestsPerSecond: 38.115,
          }),
        ),
      },
      {
        state: 'scalingIn',
        sentence: 'Scaling in from 3 to 2: the rate is 38 of 100 per replica.',
      },
    ],
    [
      'scaling in by the steps of its policy',
      {
        autoscaler: ok(
          autoscalerAt(8, {
            conditions: autoscalerConditions({ limited: 'ScaleDownLimit' }),
          }),
        ),
        workload: ok(workloadAt(8)),
        requestsPerSecond: ok(250),
      },
      {
        state: 'scalingIn',
        sentence: 'Scaling in by steps, now at 8: 250 requests/s would need 3.',
      },
    ],
    [
      'scaling out by the steps of its policy',
      {
        autoscaler: ok(
          autoscalerAt(6, {
            conditions: autoscalerConditions({ limited: 'ScaleUpLimit' }),
          }),
        ),
        workload: ok(workloadAt(6)),
        requestsPerSecond: ok(1240),
      },
      {
        state: 'scalingOut',
        sentence:
          'Scaling out by steps, now at 6: 1,240 requests/s would need 13.',
      },
    ],
    [
      'waiting out the scale-in window',
      {
        autoscaler: ok(
          autoscalerAt(3, {
            conditions: autoscalerConditions({ able: 'ScaleDownStabilized' }),
          }),
        ),
        requestsPerSecond: ok(182.5),
      },
      {
        state: 'stabilizing',
        sentence:
          'Stabilizing at 3: 183 requests/s would allow 2; the autoscaler waits out its window of 120 s.',
      },
    ],
    [
      'stabilized at the minimum, where nothing waits for anything',
      {
        autoscaler: ok(
          autoscalerAt(2, {
            conditions: autoscalerConditions({ able: 'ScaleDownStabilized' }),
          }),
        ),
        workload: ok(workloadAt(2)),
        requestsPerSecond: ok(46),
      },
      {
        state: 'holding',
        sentence: 'Holding at 2. The next replica comes at 221 requests/s.',
      },
    ],
    [
      'paused, with the rate known',
      {
        scaledObject: ok({
          ...scaledObjectView,
          paused: { how: 'all', annotations: ['autoscaling.keda.sh/paused'] },
        }),
        autoscaler: failing('absent'),
        requestsPerSecond: ok(400),
        events: ok([
          {
            at: clock('20:15'),
            kind: 'paused',
            message: 'Paused by annotation.',
            reason: 'ScaledObjectPaused',
          },
        ]),
      },
      {
        state: 'paused',
        sentence:
          'Paused since 20:15 UTC by the annotation; 400 requests/s would need 4.',
        nextStep:
          'Remove the annotation autoscaling.keda.sh/paused from the ScaledObject to scale again.',
      },
    ],
    [
      'paused at a number of replicas, with the rate unknown',
      {
        scaledObject: ok({
          ...scaledObjectView,
          paused: {
            how: 'all',
            replicas: 5,
            annotations: [
              'autoscaling.keda.sh/paused-replicas',
              'autoscaling.keda.sh/paused',
            ],
          },
        }),
        autoscaler: failing('absent'),
        requestsPerSecond: failing('unreachable'),
      },
      {
        state: 'paused',
        sentence: 'Paused by the annotation; 5 replicas stay.',
        nextStep:
          'Remove the annotations autoscaling.keda.sh/paused-replicas and autoscaling.keda.sh/paused from the ScaledObject to scale again.',
      },
    ],
    [
      'paused in the direction that the rate asks for',
      {
        scaledObject: ok({
          ...scaledObjectView,
          paused: {
            how: 'scaleOut',
            annotations: ['autoscaling.keda.sh/paused-scale-out'],
          },
        }),
        requestsPerSecond: ok(400),
      },
      {
        state: 'paused',
        sentence:
          'Scaling out is paused by the annotation at 3; 400 requests/s would need 4.',
        nextStep:
          'Remove the annotation autoscaling.keda.sh/paused-scale-out from the ScaledObject to scale out again.',
      },
    ],
    [
      'paused in the other direction',
      {
        scaledObject: ok({
          ...scaledObjectView,
          paused: {
            how: 'scaleIn',
            annotations: ['autoscaling.keda.sh/paused-scale-in'],
          },
        }),
      },
      {
        state: 'paused',
        sentence:
          'Scaling in is paused by the annotation at 3. The next replica comes at 331 requests/s, one goes at 200.',
        nextStep:
          'Remove the annotation autoscaling.keda.sh/paused-scale-in from the ScaledObject to scale in again.',
      },
    ],
    [
      'on fallback',
      {
        scaledObject: ok({
          ...scaledObjectView,
          fallback: { replicas: 4, failureThreshold: 3, active: true },
        }),
        autoscaler: ok(autoscalerAt(4)),
        workload: ok(workloadAt(4)),
        requestsPerSecond: failing('unreachable'),
      },
      {
        state: 'fallback',
        sentence:
          'On fallback: Prometheus has not answered since 21:02 UTC; 4 replicas are held.',
        nextStep: CHECK_RATE,
      },
    ],
    [
      'on fallback although Prometheus answers us',
      {
        scaledObject: ok({
          ...scaledObjectView,
          fallback: { replicas: 4, failureThreshold: 3, active: true },
        }),
      },
      {
        state: 'fallback',
        sentence:
          'On fallback: KEDA cannot read the rate; 3 replicas are held.',
        nextStep: CHECK_RATE,
      },
    ],
    [
      'without any replica ready',
      {
        autoscaler: failing('absent'),
        workload: ok(workloadAt(2, 0)),
        requestsPerSecond: failing('absent'),
      },
      {
        state: 'starting',
        sentence: 'Starting: 0 of 2 replicas are ready.',
      },
    ],
    [
      'before KEDA has made the autoscaler',
      { autoscaler: failing('absent') },
      {
        state: 'starting',
        sentence: 'Starting: KEDA has not made the autoscaler yet.',
      },
    ],
    [
      'before the autoscaler has read the rate',
      { autoscaler: ok(autoscalerAt(3, { conditions: [] })) },
      {
        state: 'starting',
        sentence: 'Starting: the autoscaler has not read the rate yet.',
      },
    ],
    [
      'while KEDA is gone and the ScaledObject still reads ready',
      {
        autoscaler: ok(
          autoscalerAt(3, {
            averageRequestsPerSecond: undefined,
            conditions: autoscalerConditions({
              active: 'FailedGetExternalMetric',
            }),
          }),
        ),
      },
      {
        state: 'broken',
        sentence:
          'The autoscaler has had no rate since 21:01 UTC (FailedGetExternalMetric); 3 replicas stay.',
        nextStep: CHECK_RATE,
      },
    ],
    [
      'while the query has no result',
      {
        autoscaler: ok(
          autoscalerAt(3, {
            averageRequestsPerSecond: undefined,
            conditions: autoscalerConditions({
              active: 'FailedGetExternalMetric',
            }),
          }),
        ),
        requestsPerSecond: failing('absent'),
      },
      {
        state: 'broken',
        sentence:
          "The autoscaler has had no rate since 21:01 UTC (the trigger's query has had no result since 21:02 UTC); 3 replicas stay.",
        nextStep: CHECK_RATE,
      },
    ],
    [
      'when somebody scaled the workload to 0',
      {
        autoscaler: ok(
          autoscalerAt(0, {
            conditions: autoscalerConditions({ active: 'ScalingDisabled' }),
          }),
        ),
        workload: ok(workloadAt(0)),
      },
      {
        state: 'broken',
        sentence: 'Scaling is off because Deployment odds-api has 0 replicas.',
        nextStep:
          'Scale it to at least 1 replica; the autoscaler goes on from there.',
      },
    ],
    [
      'idle at 0 by its own policy',
      {
        scaledObject: ok({ ...scaledObjectView, minReplicas: 0 }),
        autoscaler: ok(
          autoscalerAt(0, {
            conditions: autoscalerConditions({ active: 'ScalingDisabled' }),
          }),
        ),
        workload: ok(workloadAt(0)),
      },
      {
        state: 'atMinimum',
        sentence:
          'Idle at 0. KEDA starts the first replica when its trigger becomes active.',
      },
    ],
    [
      'when the autoscaler may not scale',
      {
        autoscaler: ok(
          autoscalerAt(3, {
            conditions: autoscalerConditions({ able: 'FailedUpdateScale' }).map(
              condition =>
                condition.type === 'AbleToScale'
                  ? { ...condition, message: 'forbidden.' }
                  : condition,
            ),
          }),
        ),
      },
      {
        state: 'broken',
        sentence: 'The autoscaler cannot scale: FailedUpdateScale: forbidden.',
      },
    ],
    [
      'when KEDA refuses the ScaledObject and no autoscaler works',
      {
        scaledObject: ok(notReady('ScaledObjectCheckFailed', 'missing query')),
        autoscaler: failing('absent'),
      },
      {
        state: 'broken',
        sentence: 'KEDA refuses the ScaledObject: missing query.',
        nextStep: 'Correct the ScaledObject and apply it again.',
      },
    ],
    [
      'when the trigger fails before there is an autoscaler',
      {
        scaledObject: ok(notReady('TriggerError', 'Triggers fail')),
        autoscaler: failing('absent'),
      },
      {
        state: 'broken',
        sentence: 'KEDA does not scale: TriggerError: Triggers fail.',
        nextStep: CHECK_RATE,
      },
    ],
    [
      'when KEDA refuses a change while the autoscaler works on',
      {
        scaledObject: ok(notReady('ScaledObjectCheckFailed', 'missing query')),
      },
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
        nextStep: 'KEDA refuses the ScaledObject: missing query.',
      },
    ],
    [
      'when Ready is False for a moment while the autoscaler works on',
      { scaledObject: ok(notReady('TriggerError', 'transient')) },
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
      },
    ],
    [
      'without KEDA',
      { scaledObject: failing('notInstalled') },
      {
        state: 'broken',
        sentence: 'KEDA is not installed on cluster dev.',
        nextStep: 'Have KEDA installed there, then apply the manifests again.',
      },
    ],
    [
      'without a ScaledObject',
      { scaledObject: failing('absent') },
      {
        state: 'broken',
        sentence:
          'ScaledObject betting/odds-api does not exist on cluster dev.',
        nextStep:
          "Apply the service's manifests, or correct the entity's annotations.",
      },
    ],
    [
      'when no source may be read',
      {
        scaledObject: failing('forbidden', 'scaledobjects.keda.sh: get.'),
        autoscaler: failing('forbidden'),
        workload: failing('forbidden'),
        requestsPerSecond: failing('forbidden'),
      },
      {
        state: 'unknown',
        sentence:
          'ScaledObject betting/odds-api on cluster dev cannot be read (forbidden): scaledobjects.keda.sh: get.',
        nextStep:
          "Let the cluster's account read ScaledObjects and HorizontalPodAutoscalers in this namespace.",
      },
    ],
    [
      'when no source answers',
      {
        scaledObject: failing('unreachable', 'connection refused'),
        autoscaler: failing('unreachable'),
        workload: failing('unreachable'),
        requestsPerSecond: failing('unreachable'),
      },
      {
        state: 'unknown',
        sentence:
          'ScaledObject betting/odds-api on cluster dev cannot be read (unreachable): connection refused.',
        nextStep: 'Check that the cluster is up and reachable from Backstage.',
      },
    ],
    [
      'when the ScaledObject cannot be read but the autoscaler can',
      { scaledObject: failing('forbidden') },
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
      },
    ],
    [
      'when the autoscaler cannot be read but the ScaledObject can',
      { autoscaler: failing('forbidden', 'no rights.') },
      {
        state: 'unknown',
        sentence:
          'The autoscaler cannot be read (forbidden): no rights; 3 replicas are wanted.',
      },
    ],
    [
      'when Prometheus is down and the autoscaler still knows its last value',
      { requestsPerSecond: failing('unreachable') },
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
      },
    ],
    [
      'on what it last saw of the cluster',
      {
        autoscaler: {
          status: 'stale',
          value: autoscalerAt(3),
          observedAt: clock('21:07'),
          failure: 'unreachable',
          message: 'timeout',
        },
      },
      {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200. Last read at 21:07 UTC.',
      },
    ],
  ])('speaks for a service %s', (_, differing, expected) => {
    expect(scalingVerdict(verdictParts(differing))).toEqual(expected);
  });

  it('gives the date with the time of what is older than a day', () => {
    const yesterday = NOW - 2 * 24 * 60 * 60;
    expect(
      scalingVerdict(
        verdictParts({
          scaledObject: ok({ ...scaledObjectView, paused: { how: 'all' } }),
          events: ok([
            { at: yesterday, kind: 'paused', message: '', reason: '' },
          ]),
        }),
      ).sentence,
    ).toBe(
      'Paused since 2026-11-21 21:10 UTC by the annotation; 250 requests/s would need 3.',
    );
  });

  it.each([
    [
      't063',
      'scalingOut',
      'Scaling out from 2 to 3: the rate is 125 of 100 per replica.',
    ],
    [
      't139',
      'holding',
      'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
    ],
    [
      't199',
      'stabilizing',
      'Stabilizing at 3: 183 requests/s would allow 2; the autoscaler waits out its window of 30 s.',
    ],
    [
      't213',
      'scalingIn',
      'Scaling in from 3 to 2: the rate is 38 of 100 per replica.',
    ],
    [
      't228',
      'holding',
      'Holding at 2. The next replica comes at 221 requests/s.',
    ],
  ])('says of the recorded load at %s: %s', (moment, state, sentence) => {
    expect(
      scalingVerdict(
        verdictParts({
          scaledObject: ok(
            readScaledObject(readFixture(`load/${moment}.scaledobject.json`)),
          ),
          autoscaler: ok(
            readAutoscaler(readFixture(`load/${moment}.hpa.json`)),
          ),
          workload: ok(
            readWorkload(readFixture(`load/${moment}.deployment.json`)),
          ),
          requestsPerSecond: failing('unreachable'),
        }),
      ),
    ).toEqual({ state, sentence });
  });

  it.each([
    ['fresh', 'atMinimum'],
    ['fresh-settled', 'atMinimum'],
    ['kill-before', 'atMinimum'],
    ['empty-query-default', 'atMinimum'],
    ['empty-query-strict-fallback', 'fallback'],
    ['empty-query-strict-no-fallback', 'broken'],
    ['min-zero-idle', 'atMinimum'],
    ['missing-query', 'broken'],
    ['paused', 'paused'],
    ['paused-replicas', 'paused'],
    ['paused-scale-in', 'paused'],
    ['paused-scale-out', 'paused'],
    ['prometheus-down-fallback', 'fallback'],
    ['prometheus-down-fallback-ifhigher', 'fallback'],
    ['prometheus-down-ignorenull-default', 'broken'],
    ['prometheus-down-no-fallback', 'broken'],
    ['target-missing', 'broken'],
    ['target-missing-settled', 'broken'],
    ['target-missing-recovered', 'atMinimum'],
  ])('judges the recorded state %s as %s', (recorded, state) => {
    const hpa = `states/${recorded}.hpa.json`;
    expect(
      scalingVerdict(
        verdictParts({
          scaledObject: ok(
            readScaledObject(
              readFixture(`states/${recorded}.scaledobject.json`),
            ),
          ),
          autoscaler: hasFixture(hpa)
            ? ok(readAutoscaler(readFixture(hpa)))
            : failing('absent'),
          workload: failing('unreachable'),
        }),
      ).state,
    ).toBe(state);
  });
});
