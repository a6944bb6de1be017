import { autoscalerPolicy } from './autoscalerPolicy';
import { replicaLevels } from './replicaLevels';

const policy = autoscalerPolicy({
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 10,
});

describe('replicaLevels', () => {
  it('names the band of 3 replicas at 100 requests/s each', () => {
    expect(replicaLevels(3, policy)).toEqual({
      scaleOutAboveRequestsPerSecond: 330,
      scaleOutTo: 4,
      scaleInAtRequestsPerSecond: 200,
      scaleInTo: 2,
    });
  });

  it.each([
    [2, 220],
    [3, 330],
    [4, 440],
    [5, 550],
    [6, 660],
    [7, 770],
    [8, 880],
    [9, 990],
  ])('lets %d replicas stay up to %d requests/s', (replicas, upTo) => {
    expect(replicaLevels(replicas, policy).scaleOutAboveRequestsPerSecond).toBe(
      upTo,
    );
  });

  it('has no lower level at the minimum', () => {
    expect(replicaLevels(2, policy)).toEqual({
      scaleOutAboveRequestsPerSecond: 220,
      scaleOutTo: 3,
    });
  });

  it('has no upper level at the maximum, and the tolerance sets the lower one', () => {
    expect(replicaLevels(10, policy)).toEqual({
      scaleInAtRequestsPerSecond: 899.999,
      scaleInTo: 9,
    });
  });

  it('says how many come and go at once where the tolerance is worth several replicas', () => {
    expect(replicaLevels(20, { ...policy, maxReplicas: 50 })).toEqual({
      scaleOutAboveRequestsPerSecond: 2200,
      scaleOutTo: 23,
      scaleInAtRequestsPerSecond: 1799.999,
      scaleInTo: 18,
    });
  });

  it('names multiples of the target without tolerances', () => {
    const strict = { ...policy, toleranceUp: 0, toleranceDown: 0 };
    expect(replicaLevels(3, strict)).toMatchObject({
      scaleOutAboveRequestsPerSecond: 300,
      scaleInAtRequestsPerSecond: 200,
    });
  });

  it('leaves out a direction that is disabled', () => {
    const paused = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
      behavior: { scaleDown: { selectPolicy: 'Disabled' } },
    });
    expect(replicaLevels(3, paused)).toEqual({
      scaleOutAboveRequestsPerSecond: 330,
      scaleOutTo: 4,
    });
  });

  it('says nothing about replicas outside the bounds', () => {
    expect(replicaLevels(0, policy)).toEqual({});
    expect(replicaLevels(1, policy)).toEqual({});
    expect(replicaLevels(11, policy)).toEqual({});
  });
});
