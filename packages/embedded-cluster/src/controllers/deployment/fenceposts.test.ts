import { deployment } from '../__testUtils__/workloads';
import { deploymentView } from '../views/deploymentView';
import { fencepostsOf } from './fenceposts';

function fenceposts(replicas: number, rollingUpdate?: object, type?: string) {
  return fencepostsOf(
    deploymentView(deployment({ replicas, strategy: { type, rollingUpdate } })),
  );
}

describe('fencepostsOf', () => {
  it.each([
    [4, undefined, { maxSurge: 1, maxUnavailable: 1 }],
    [3, undefined, { maxSurge: 1, maxUnavailable: 0 }],
    [
      10,
      { maxSurge: '25%', maxUnavailable: '25%' },
      { maxSurge: 3, maxUnavailable: 2 },
    ],
    [2, { maxSurge: 5, maxUnavailable: 9 }, { maxSurge: 5, maxUnavailable: 2 }],
    [
      3,
      { maxSurge: 0, maxUnavailable: '10%' },
      { maxSurge: 0, maxUnavailable: 1 },
    ],
    [
      0,
      { maxSurge: '25%', maxUnavailable: 1 },
      { maxSurge: 0, maxUnavailable: 0 },
    ],
  ])('of %d replicas and %j are %j', (replicas, rollingUpdate, expected) => {
    expect(fenceposts(replicas, rollingUpdate)).toEqual(expected);
  });

  it('are none for a Deployment that recreates', () => {
    expect(fenceposts(4, undefined, 'Recreate')).toEqual({
      maxSurge: 0,
      maxUnavailable: 0,
    });
  });

  it('refuse text that is no share', () => {
    expect(() => fenceposts(4, { maxSurge: 'some' })).toThrow(
      "string is not a percentage: 'some'",
    );
  });
});
