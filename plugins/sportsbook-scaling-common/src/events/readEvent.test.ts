import { readEvent } from './readEvent';

const at = (time: string) => Date.parse(time) / 1000;

describe('readEvent', () => {
  it('reads a repeated core/v1 event', () => {
    expect(
      readEvent({
        apiVersion: 'v1',
        kind: 'Event',
        reason: 'FailedGetExternalMetric',
        message: 'no metric',
        count: 13,
        eventTime: null,
        firstTimestamp: '2026-11-23T23:20:03Z',
        lastTimestamp: '2026-11-23T23:23:03Z',
      }),
    ).toEqual({
      reason: 'FailedGetExternalMetric',
      message: 'no metric',
      count: 13,
      firstAt: at('2026-11-23T23:20:03Z'),
      lastAt: at('2026-11-23T23:23:03Z'),
    });
  });

  it('reads an events.k8s.io/v1 event with its note and series', () => {
    expect(
      readEvent({
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        reason: 'KEDAScalerFailed',
        note: 'no metric',
        eventTime: '2026-11-23T23:20:33.123327Z',
        series: {
          count: 2,
          lastObservedTime: '2026-11-23T23:21:03.123265Z',
        },
      }),
    ).toEqual({
      reason: 'KEDAScalerFailed',
      message: 'no metric',
      count: 2,
      firstAt: at('2026-11-23T23:20:33.123Z'),
      lastAt: at('2026-11-23T23:21:03.123Z'),
    });
  });

  it('reads the deprecated times that events.k8s.io/v1 gives older events', () => {
    expect(
      readEvent({
        reason: 'SuccessfulRescale',
        note: 'New size: 3',
        eventTime: null,
        deprecatedCount: 2,
        deprecatedFirstTimestamp: '2026-11-23T23:20:03Z',
        deprecatedLastTimestamp: '2026-11-23T23:23:03Z',
      }),
    ).toMatchObject({
      count: 2,
      firstAt: at('2026-11-23T23:20:03Z'),
      lastAt: at('2026-11-23T23:23:03Z'),
    });
  });

  it.each([
    ['nothing', undefined],
    ['an event without a time', { reason: 'A', message: 'b' }],
    [
      'an event without a reason',
      { message: 'b', eventTime: '2026-11-23T23:20:03Z' },
    ],
  ])('leaves out %s', (_, event) => {
    expect(readEvent(event)).toBeUndefined();
  });
});
