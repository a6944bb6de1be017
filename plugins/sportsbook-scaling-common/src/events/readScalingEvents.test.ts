import { z } from 'zod/v3';
import { readFixtureItems } from '../__testUtils__/fixtures';
import { readScalingEvents } from './readScalingEvents';

const aboutSchema = z.object({
  involvedObject: z.object({ kind: z.string() }),
});

const about = (state: string, kind: string) =>
  readFixtureItems(`states/${state}.events.json`).filter(
    item => aboutSchema.parse(item).involvedObject.kind === kind,
  );

const recorded = (state: string) =>
  readScalingEvents({
    hpaEvents: readFixtureItems(`states/${state}.hpa-events.json`),
    scaledObjectEvents: about(state, 'ScaledObject'),
    deploymentEvents: about(state, 'Deployment'),
  });

const at = (time: string) => Date.parse(time) / 1000;
const event = (
  time: string,
  reason: string,
  message: string,
  more: Record<string, unknown> = {},
) => ({
  reason,
  message,
  firstTimestamp: `2026-11-23T${time}Z`,
  lastTimestamp: `2026-11-23T${time}Z`,
  ...more,
});

const rescaled = (time: string, size: number, why = 'above') =>
  event(
    time,
    'SuccessfulRescale',
    `New size: ${size}; reason: external metric s0-prometheus(&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: sb-api,},MatchExpressions:[]LabelSelectorRequirement{},}) ${why} target`,
  );

const none = {
  hpaEvents: [],
  scaledObjectEvents: [],
  deploymentEvents: [],
};

describe('readScalingEvents', () => {
  it('tells the recorded outage of a Prometheus, newest first', () => {
    expect(
      recorded('prometheus-down-fallback').map(
        ({ kind, from, to, message }) => ({ kind, from, to, message }),
      ),
    ).toEqual([
      {
        kind: 'fallback',
        message: 'Fallback began: the rate cannot be read.',
      },
      {
        kind: 'scaledOut',
        from: 2,
        to: 4,
        message: 'Scaled out from 2 to 4: the rate was above target.',
      },
      {
        kind: 'trouble',
        message:
          'The autoscaler failed: unable to get external metric rev-r/s0-prometheus: unable to fetch metrics from external metrics API: rpc error: code = Unknown desc = error when getting metric values metric:s0-prometheus encountered error.',
      },
      {
        kind: 'trouble',
        message:
          'KEDA cannot read the rate: Get "http://prometheus-operated.rev-r.svc:9090/api/v1/query": dial tcp: lookup prometheus-operated.rev-r.svc on 10.96.0.10:53: server misbehaving.',
      },
      {
        kind: 'rollout',
        message: 'Rollout of replica set st-kill-fb-56df4d4475 began.',
      },
    ]);
  });

  it('knows that KEDA was paused and when', () => {
    expect(recorded('paused')[0]).toEqual({
      at: at('2026-11-23T23:24:35.586Z'),
      kind: 'paused',
      message: 'Paused by annotation.',
      reason: 'ScaledObjectPaused',
    });
  });

  it('knows the steps to and from 0, which KEDA takes itself', () => {
    expect(recorded('min-zero-idle')[0]).toMatchObject({
      kind: 'scaledIn',
      from: 1,
      to: 0,
      message: 'Deactivated from 1 to 0.',
    });
    expect(
      readScalingEvents({
        ...none,
        scaledObjectEvents: [
          event(
            '20:00:00',
            'KEDAScaleTargetActivated',
            'Scaled apps/v1.Deployment betting/odds-api from 0 to 1, triggered by s0-prometheus',
          ),
        ],
      }),
    ).toEqual([
      {
        at: at('2026-11-23T20:00:00Z'),
        kind: 'scaledOut',
        from: 0,
        to: 1,
        message: 'Activated from 0 to 1.',
        reason: 'KEDAScaleTargetActivated',
      },
    ]);
  });

  it('takes the replicas before from the rescale before', () => {
    expect(
      readScalingEvents({
        ...none,
        hpaEvents: [
          rescaled('20:10:00', 2, 'below'),
          rescaled('20:00:00', 3),
          rescaled('20:05:00', 5),
        ],
      }).map(({ kind, from, to, message }) => ({ kind, from, to, message })),
    ).toEqual([
      {
        kind: 'scaledIn',
        from: 5,
        to: 2,
        message: 'Scaled in from 5 to 2: the rate was below target.',
      },
      {
        kind: 'scaledOut',
        from: 3,
        to: 5,
        message: 'Scaled out from 3 to 5: the rate was above target.',
      },
      {
        kind: 'scaledOut',
        from: undefined,
        to: 3,
        message: 'Scaled out to 3: the rate was above target.',
      },
    ]);
  });

  it("believes the Deployment's event of the same moment before the order of rescales", () => {
    expect(
      readScalingEvents({
        ...none,
        hpaEvents: [rescaled('20:00:00', 3), rescaled('20:30:00', 4)],
        deploymentEvents: [
          event(
            '20:30:01',
            'ScalingReplicaSet',
            'Scaled up replica set odds-api-1 from 2 to 4',
          ),
        ],
      })[0],
    ).toMatchObject({ kind: 'scaledOut', from: 2, to: 4 });
  });

  it('goes by the reason where the size before is unknown', () => {
    const [only] = readScalingEvents({
      ...none,
      hpaEvents: [
        event(
          '20:00:00',
          'SuccessfulRescale',
          'New size: 2; reason: All metrics below target',
        ),
      ],
    });
    expect(only).toEqual({
      at: at('2026-11-23T20:00:00Z'),
      kind: 'scaledIn',
      to: 2,
      message: 'Scaled in to 2: the rate was below target.',
      reason: 'SuccessfulRescale',
    });
  });

  it('tells the first and the last of rescales that the cluster keeps as one event', () => {
    expect(
      readScalingEvents({
        ...none,
        hpaEvents: [
          {
            ...rescaled('20:00:00', 3),
            lastTimestamp: '2026-11-23T20:40:00Z',
            count: 2,
          },
          {
            ...rescaled('20:20:00', 2, 'below'),
          },
        ],
      }).map(({ from, to }) => [from, to]),
    ).toEqual([
      [2, 3],
      [3, 2],
      [undefined, 3],
    ]);
  });

  it('takes a new replica set for a rollout, and its later growth for none', () => {
    const scaled = (time: string, text: string) =>
      event(time, 'ScalingReplicaSet', text);
    expect(
      readScalingEvents({
        ...none,
        deploymentEvents: [
          scaled('20:00:00', 'Scaled up replica set odds-api-1 from 0 to 1'),
          scaled('20:00:05', 'Scaled up replica set odds-api-1 from 1 to 2'),
          scaled('21:00:00', 'Scaled up replica set odds-api-2 from 0 to 1'),
          scaled('21:00:03', 'Scaled down replica set odds-api-1 from 2 to 1'),
        ],
      }).map(({ kind, message }) => `${kind}: ${message}`),
    ).toEqual([
      'rollout: Rollout of replica set odds-api-2 began.',
      'rollout: Rollout of replica set odds-api-1 began.',
    ]);
  });

  it('keeps one of each trouble in a row, and tells it again after something else', () => {
    const failed = (time: string, number: number) =>
      event(
        time,
        'KEDAScalerFailed',
        `Get "http://p.betting.svc:9090/api/v1/query?query=up&time=${number}": connection refused`,
      );
    expect(
      readScalingEvents({
        ...none,
        scaledObjectEvents: [
          failed('20:00:00', 1),
          failed('20:00:30', 2),
          event('20:01:00', 'ScaledObjectUnpaused', 'ScaledObject is unpaused'),
          failed('20:01:30', 3),
          failed('20:02:00', 4),
        ],
      }).map(({ at: seconds, kind }) => [
        new Date(seconds * 1000).toISOString().slice(11, 19),
        kind,
      ]),
    ).toEqual([
      ['20:02:00', 'trouble'],
      ['20:01:00', 'resumed'],
      ['20:00:30', 'trouble'],
    ]);
  });

  it('tells the beginning and the end of a fallback apart', () => {
    expect(
      readScalingEvents({
        ...none,
        scaledObjectEvents: [
          event('20:00:00', 'ScaledObjectFallbackActivated', 'x'),
          event('20:10:00', 'ScaledObjectFallbackDeactivated', 'x'),
        ],
      }).map(({ kind, message }) => `${kind}: ${message}`),
    ).toEqual([
      'resumed: Fallback ended: the rate can be read again.',
      'fallback: Fallback began: the rate cannot be read.',
    ]);
  });

  it('leaves out what has nothing to do with replicas, and what is no event', () => {
    expect(
      readScalingEvents({
        hpaEvents: [undefined, 'text', { reason: 'SuccessfulRescale' }],
        scaledObjectEvents: [
          event('20:00:00', 'KEDAScalersStarted', 'Started scalers watch'),
          event('20:00:00', 'ScaledObjectReady', 'ready'),
        ],
        deploymentEvents: [
          event('20:00:00', 'ScalingReplicaSet', 'in words of another version'),
        ],
      }),
    ).toEqual([]);
  });
});
