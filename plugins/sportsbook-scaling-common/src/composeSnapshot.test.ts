import {
  failing,
  NOW,
  ok,
  scaledObjectView,
  verdictParts,
} from './__testUtils__/verdictParts';
import { composeSnapshot, SnapshotParts } from './composeSnapshot';

function snapshotParts(differing: Partial<SnapshotParts> = {}): SnapshotParts {
  const { target, scaledObject, autoscaler, workload, requestsPerSecond } =
    verdictParts();
  return {
    target,
    observedAt: NOW,
    scaledObject,
    autoscaler,
    workload,
    requestsPerSecond,
    history: failing('unreachable'),
    events: ok([]),
    ...differing,
  };
}

describe('composeSnapshot', () => {
  it('keeps every part as it came and adds levels and verdict', () => {
    const parts = snapshotParts();
    expect(composeSnapshot(parts)).toEqual({
      ...parts,
      levels: {
        scaleOutAboveRequestsPerSecond: 330,
        scaleOutTo: 4,
        scaleInAtRequestsPerSecond: 200,
        scaleInTo: 2,
      },
      verdict: {
        state: 'holding',
        sentence:
          'Holding at 3. The next replica comes at 331 requests/s, one goes at 200.',
      },
    });
  });

  it('takes the levels from the ScaledObject while the autoscaler cannot be read', () => {
    expect(
      composeSnapshot(snapshotParts({ autoscaler: failing('forbidden') }))
        .levels,
    ).toMatchObject({
      scaleOutAboveRequestsPerSecond: 330,
      scaleInAtRequestsPerSecond: 200,
    });
  });

  it.each([
    ['paused', { paused: { how: 'all' as const } }],
    [
      'on fallback',
      { fallback: { replicas: 4, failureThreshold: 3, active: true } },
    ],
  ])('has no levels while %s', (_, fields) => {
    expect(
      composeSnapshot(
        snapshotParts({ scaledObject: ok({ ...scaledObjectView, ...fields }) }),
      ).levels,
    ).toEqual({});
  });

  it('has no levels where nobody names a target per replica', () => {
    expect(
      composeSnapshot(
        snapshotParts({
          scaledObject: ok({ ...scaledObjectView, trigger: undefined }),
          autoscaler: failing('absent'),
        }),
      ).levels,
    ).toEqual({});
  });

  it('survives a trip as JSON unchanged', () => {
    const snapshot = composeSnapshot(snapshotParts());
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });
});
